import hashlib
import json
import os
from pathlib import Path

import redis
from fastapi import FastAPI, HTTPException, Request

app = FastAPI()
repo = Path("repo")
broadcast = redis.Redis(host=os.environ["OPAL_BROADCAST_HOST"])

for shipped in Path("policies").glob("*.rego"):
    if not (repo / shipped.name).exists():
        (repo / shipped.name).write_text(shipped.read_text())


@app.get("/healthcheck")
def healthcheck():
    return {"status": "ok"}


# What an agent asks for when it starts: every policy, and a hash to know it by.
@app.get("/")
def bundle():
    policies = {p.name: p.read_text() for p in sorted(repo.glob("*.rego"))}
    seal = hashlib.sha256(json.dumps(policies).encode()).hexdigest()
    return {"policies": sorted(policies), "hash": seal[:12]}


@app.get("/policy/{name}")
def policy(name: str):
    path = repo / f"{Path(name).name}.rego"
    if not path.exists():
        raise HTTPException(404)
    return {"name": name, "rego": path.read_text()}


# A new policy is stored, and every other worker is told.
@app.post("/policy/{name}", status_code=201)
async def store(name: str, request: Request):
    (repo / f"{Path(name).name}.rego").write_bytes(await request.body())
    told = broadcast.publish("policies", name)
    return {"name": name, "told": told}
