// All that travels with the figures: take the code from the shelf and draw.
export default async function (component) {
  return (await shelf.code)(component);
}
