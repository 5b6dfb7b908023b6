# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real SSH server on 127.0.0.1 as a jump host: commands run here, files go over SFTP, each test has its own keys."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncssh


@contextlib.contextmanager
def running_sshd(folder: Path) -> Iterator[dict[str, Any]]:
    """Yields the variables of an inventory host that is reached over it."""
    key = asyncssh.generate_private_key("ssh-ed25519")
    private = folder / "id_ed25519"
    key.write_private_key(str(private))
    private.chmod(0o600)
    key.write_public_key(str(folder / "authorized_keys"))
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    def wait_for(work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, loop).result(30)

    server = wait_for(_listen(folder))
    try:
        yield {
            "ansible_host": "127.0.0.1",
            "ansible_port": server.get_port(),
            "ansible_user": "somebody",
            "ansible_ssh_private_key_file": str(private),
            "ansible_ssh_common_args": "-F none -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null "
            "-o ControlMaster=no -o ControlPath=none",
        }
    finally:
        wait_for(_close(server))
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _listen(folder: Path) -> Any:
    return await asyncssh.listen(
        "127.0.0.1",
        0,
        server_host_keys=[asyncssh.generate_private_key("ssh-ed25519")],
        authorized_client_keys=str(folder / "authorized_keys"),
        process_factory=_run,
        sftp_factory=True,
        encoding=None,
    )


async def _close(server: Any) -> None:
    server.close()
    await server.wait_closed()


async def _run(process: Any) -> None:
    pipe = asyncio.subprocess.PIPE
    child = await asyncio.create_subprocess_shell(
        process.command, stdin=asyncio.subprocess.DEVNULL, stdout=pipe, stderr=pipe
    )
    output, errors = await child.communicate()
    process.stdout.write(output)
    process.stderr.write(errors)
    process.exit(child.returncode)
