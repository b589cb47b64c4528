"""A second engine: Debian's Firefox, through Playwright's WebDriver BiDi channel, with a small relay in between.

Playwright asks this Firefox for a few commands that it does not know yet, and gives up at the first. The relay stands
where Playwright looks for the browser: it starts Firefox, passes every message on, and answers those commands itself.
What they would have done is said in SANS_EFFET. Run by Playwright as if it were the browser; see `lanceur`.
"""

import asyncio
import contextlib
import json
import os
import re
import signal
import stat
import sys
from collections.abc import AsyncIterator
from pathlib import Path

from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

VARIABLE = "FIREFOX"
NOM = "firefox-esr"
CANAL = "moz-firefox"
SANS_EFFET = {
    "emulation.setMediaFeaturesOverride": "préférences d'affichage (thème sombre, animations réduites)",
}
"""The commands that this Firefox does not know, and what is therefore not emulated."""

_ANNONCE = re.compile(rb"WebDriver BiDi listening on (ws://\S+)")
_HOTE = "127.0.0.1"


def lanceur(dossier: Path) -> Path:
    """Write the little program that Playwright is to start in place of the browser, and give its path."""
    dossier.mkdir(parents=True, exist_ok=True)
    chemin = dossier / "firefox-par-relais"
    racine = Path(__file__).resolve().parents[2]
    texte = f"#!{sys.executable}\nimport sys\nsys.path.insert(0, {str(racine)!r})\n"
    chemin.write_text(
        texte + "from steps.navigateur.firefox import principal\nsys.exit(principal(sys.argv[1:]))\n", "utf-8"
    )
    chemin.chmod(chemin.stat().st_mode | stat.S_IXUSR)
    return chemin


def principal(arguments: list[str]) -> int:
    """Start Firefox with these arguments and relay until it ends; give its exit code."""
    return asyncio.run(_relayer(arguments))


async def _relayer(arguments: list[str]) -> int:
    navigateur = await asyncio.create_subprocess_exec(
        os.environ.get(VARIABLE, NOM), *arguments, stderr=asyncio.subprocess.PIPE, limit=1 << 20
    )

    def arreter() -> None:
        if navigateur.returncode is None:
            navigateur.terminate()

    for nom in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(nom, arreter)
    assert navigateur.stderr is not None
    async with contextlib.AsyncExitStack() as pile:
        async for ligne in navigateur.stderr:
            if trouvee := _ANNONCE.search(ligne):
                relais = await pile.enter_async_context(_ouvrir(trouvee[1].decode()))
                sys.stderr.write(f"WebDriver BiDi listening on {relais}\n")
            else:
                sys.stderr.buffer.write(ligne)
            sys.stderr.flush()
        return await navigateur.wait()


@contextlib.asynccontextmanager
async def _ouvrir(amont: str) -> AsyncIterator[str]:
    """Listen where Playwright will connect, and give that address."""

    async def accueillir(client: ServerConnection) -> None:
        chemin = client.request.path if client.request else ""
        async with connect(amont + chemin, max_size=None, compression=None, ping_interval=None) as firefox:
            vers = asyncio.create_task(_vers_firefox(client, firefox))
            with contextlib.suppress(ConnectionClosed):
                async for message in firefox:
                    await client.send(message)
            vers.cancel()

    async with serve(accueillir, _HOTE, 0, max_size=None, compression=None, ping_interval=None) as serveur:
        port = next(iter(serveur.sockets)).getsockname()[1]
        yield f"ws://{_HOTE}:{port}"


async def _vers_firefox(client: ServerConnection, firefox: ClientConnection) -> None:
    """Pass on what Playwright asks, and answer what Firefox does not know."""
    with contextlib.suppress(ConnectionClosed):
        async for message in client:
            commande = json.loads(message)
            if commande.get("method") in SANS_EFFET:
                await client.send(json.dumps({"type": "success", "id": commande["id"], "result": {}}))
            else:
                await firefox.send(message)
    await firefox.close()
