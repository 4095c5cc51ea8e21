"""`/maps/lsoa-{area}-{version}.json`: the LSOA map of a county, a region or England."""

from __future__ import annotations

import asyncio
import gzip
from concurrent.futures import ThreadPoolExecutor

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from data.errors import DataError
from data.lsoa_maps import has_lsoas, name_lsoa_map, write_lsoa_map
from host.files import YEAR
from host.logs import log

# Threads of their own: who waits for England (eight seconds) holds up nothing else.
_makers = ThreadPoolExecutor(max_workers=4, thread_name_prefix="lsoa-map")


async def send_map(request: Request) -> Response:
    """Answer with a map, which a browser may keep: another release has another address."""
    area = request.path_params["area"]
    try:
        if not has_lsoas(area):
            return PlainTextResponse("Not found: there is no LSOA map of this area.", 404)
        if request.url.path.rsplit("/", 1)[-1] != name_lsoa_map(area):
            return PlainTextResponse("This map is of another release; load the page again.", 404)
        body = await asyncio.get_running_loop().run_in_executor(_makers, write_lsoa_map, area)
    except DataError as error:
        log("lsoa_map_failed", area=area, error=str(error))
        return PlainTextResponse("The map cannot be made: its boundaries cannot be read.", 503)
    headers = {"cache-control": f"public, max-age={YEAR}, immutable", "vary": "accept-encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["content-encoding"] = "gzip"
    else:
        body = await asyncio.to_thread(gzip.decompress, body)
    return Response(body, headers=headers, media_type="application/json")


def list_routes() -> list[BaseRoute]:
    """The route of the composed maps."""
    return [Route("/maps/lsoa-{area:str}-{version:str}.json", send_map)]
