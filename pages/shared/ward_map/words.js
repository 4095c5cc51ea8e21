// From the packed view to figures and words.

// Fixed-width base-91 columns: [offset, width, text]; digit zero means missing.
function unpackColumn([offset, width, text], size) {
  const numbers = new Float64Array(size).fill(offset ?? NaN);
  if (width === 0) return numbers;
  for (let i = 0, at = 0; i < size; i++) {
    let number = 0;
    for (let end = at + width; at < end; at++) {
      const code = text.charCodeAt(at);
      number = number * 91 + code - (code > 92 ? 36 : 35); // the backslash is skipped
    }
    numbers[i] = number === 0 ? NaN : number - 1 + offset;
  }
  return numbers;
}

class View {
  constructor(packed) {
    Object.assign(this, packed);
    for (const [name, column] of Object.entries(packed.columns)) {
      this[name] = unpackColumn(column, packed.size);
    }
    this.keys = packed.legend.map(([key]) => key);
    const count = packed.words.length; // two short lists share one column
    this.compared = this.compared_and_fit.map((number) => number % count);
    this.fit = this.compared_and_fit.map((number) => Math.floor(number / count));
  }

  // Values are whole numbers of the last printed decimal: no rounding happens here.
  print(whole) {
    const digits = String(Math.abs(whole)).padStart(this.decimals + 1, "0");
    const cut = digits.length - this.decimals;
    const head = digits.slice(0, cut).replace(/\B(?=(\d{3})+$)/g, ",");
    const text = this.decimals ? `${head}.${digits.slice(cut)}` : head;
    const sign = whole < 0 ? "\u2212" : "";
    if (!this.unit.startsWith("£")) return `${sign}${text}`;
    return `${sign}£${text}`;
  }

  unitWords() {
    return this.unit.replace(/^£/, "").trim();
  }

  valueText(i) {
    return Number.isNaN(this.value[i]) ? "" : this.print(this.value[i]);
  }

  interval(i) {
    const base = this.value[i] || 0;
    const low = base - this.below[i];
    const high = base + this.above[i];
    if (Number.isNaN(low) || Number.isNaN(high)) return "";
    return `95 % interval ${this.print(low)} to ${this.print(high)}`;
  }

  rankWords(i) {
    return this.rank[i] > 0 ? `${ordinal(this.rank[i])} of ${group(this.ranked)}` : "";
  }

  comparison(i) {
    const [word, sign] = this.comparedWords(i);
    if (!word || !this.benchmark) return ["", ""];
    const figure = this.benchmark_text ? ` (${this.benchmark_text})` : "";
    return [sign, `${word} ${word === "similar" ? "to" : "than"} ${this.benchmark}${figure}`];
  }

  comparedWords(i) {
    return this.words[this.compared[i]] || ["", ""];
  }

  // What an area forms with its neighbours: sign and words, on a map of hot spots only.
  patternWords(i) {
    if (this.scale !== "clusters" || Number.isNaN(this.value[i])) return null;
    const [, label, , sign] = this.legend[this.class[i]];
    return [sign, label];
  }

  fitWords(i) {
    const words = this.fits[this.fit[i]];
    const quality = this.quality[i];
    if (!words || !(quality < 100)) return words;
    return `${words} (fit quality ${quality} of 100)`;
  }

  flagWords(i) {
    const flag = this.flags[this.flag[i]];
    if (flag || !Number.isNaN(this.value[i])) return flag;
    return this.legend[this.class[i]][1];
  }

  // One sentence for a screen reader.
  spoken(i, geometry) {
    const [, compared] = this.comparison(i);
    const value = this.valueText(i);
    const figure = value ? `${value} ${this.unitWords()}`.trim() : "no figure";
    const place = [geometry.names[i], geometry.group(i)];
    const pattern = this.patternWords(i)?.[1].toLowerCase();
    const parts = [...place, figure, pattern, this.rankWords(i), compared.replace(/ \(.*\)$/, "")];
    parts.push(value ? this.flags[this.flag[i]] : this.flagWords(i));
    return parts.filter(Boolean).join(", ");
  }
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function group(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}

function ordinal(number) {
  const tail = number % 100;
  const ending = tail > 10 && tail < 14 ? "th" : ["th", "st", "nd", "rd"][number % 10] || "th";
  return group(number) + ending;
}
