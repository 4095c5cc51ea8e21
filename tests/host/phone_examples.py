"""A phone for tests: the host's routes with its middleware, asked without a browser."""

import datetime as dt
import itertools
import re

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from data.store.engine import open_store, writing
from data.store.tables import now
from data.store.workshop_tables import workshops
from data.store.workshops import Plan, Question, open_workshop
from host.logs import AccessLog
from host.security import SecurityHeaders
from host.workshop.views import list_routes

AREA = "E07000011"
WARD = "E05011266"  # Huntingdon North
JSON = {"accept": "application/json"}
_numbers = itertools.count()


def make_room(url, area=AREA, **changes):
    """The store and an open workshop on two action areas and one question of the lead's."""
    engine = open_store(url)
    asked = (
        Question("Strong communities", "strong_communities"),
        Question("Good work", "good_work"),
        Question("More benches? <now>"),
    )
    plan = Plan(**{"area_code": area, "title": "Our <priorities>", "questions": asked, **changes})
    return engine, open_workshop(engine, plan, "lead@council.example")


class Phone:
    """One browser without a script; `script` sends as the page's script would."""

    def __init__(self, workshop, ward=None, **options):
        middleware = [Middleware(AccessLog), Middleware(SecurityHeaders)]
        app = Starlette(routes=list_routes(), middleware=middleware)
        self.client = TestClient(app, follow_redirects=False, **options)
        self.path = f"{options.get('root_path', '')}/w/{workshop.token}"
        self.ids = [question.id for question in workshop.questions]
        self.form = ""
        self.page = self.open()
        if ward is not None:
            self.page = self.open(self.send("ward", ward=ward).headers["location"])

    def open(self, path=None):
        answer = self.client.get((path or self.path).split("#")[0])
        if found := re.search(r'name="form" value="(\w+)"', answer.text):
            self.form = found[1]
        return answer

    def send(self, deed, headers=None, **fields):
        whole = {"form": self.form, "request": f"request-{next(_numbers)}", **fields}
        return self.client.post(f"{self.path}/{deed}", data=whole, headers=headers)

    def script(self, deed, **fields):
        return self.send(deed, headers=JSON, **fields)

    def vote(self, *numbers, **fields):
        ballot = {f"q{i}": str(n) for i, n in zip(self.ids, numbers, strict=False)}
        return self.script("vote", **ballot, **fields)

    def state(self):
        return self.client.get(f"{self.path}/state", headers=JSON).json()


def expire(engine, workshop):
    past = now() - dt.timedelta(minutes=1)
    with writing(engine) as connection:
        mine = workshops.c.id == workshop.id
        connection.execute(workshops.update().where(mine).values(expires=past))


def wards_on(page):
    return re.findall(r'<option value="(E\d+)"', page.text)
