#!/usr/bin/env python3
"""Makes a stored sample: runs a packaged Descent on an empty home and keeps what it stores and what it answers.

    python3 make_sample.py --jar descent.jar --h2 h2.jar --out COMMIT

The jar decides what the sample looks like, so it is that of the commit which the folder is named after. README.md says
what is in it.
"""

import argparse
import hashlib
import json
import os
import platform
import random
import re
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

# As in application.yaml.
URL = "jdbc:h2:file:{home}/descent;WRITE_DELAY=0;LOCK_TIMEOUT=10000;OPTIMIZE_REUSE_RESULTS=FALSE"

# What training still has to do after the pause. More steps would let the roundings of two processors drift apart.
EPOCHS_TO_GO = 8


def table():
    """300 rows with every type of column, and something to learn in it."""
    draw = random.Random(4711)
    lines = ["id;visited;age;height;colour;smoker;note;weight;kind;amount;score"]
    for row in range(300):
        age = draw.randint(18, 90)
        height = round(draw.uniform(150, 200), 1)
        colour = draw.choice(["red", "green", "blue", "dark red"])
        smoker = draw.random() < 0.4
        visited = "2024-%02d-%02d" % (draw.randint(1, 12), draw.randint(1, 28))
        rank = age / 30 + (1.2 if smoker else 0) + (0.8 if "red" in colour else 0) + draw.uniform(-0.3, 0.3)
        kind = "low" if rank < 2 else "medium" if rank < 3.2 else "high"
        amount = round(120 * rank - height + draw.uniform(-5, 5), 2)
        score = round(height / 10 + 3 * rank, 3)
        note = '"said ""no""; left"' if row % 50 == 7 else "visit %d of many" % row
        cells = [row, visited, age, height, colour, "yes" if smoker else "no", note, round(draw.uniform(0.5, 2), 2)]
        for place, chance in ((1, 0.03), (2, 0.08), (4, 0.05), (5, 0.04)):
            if draw.random() < chance:
                cells[place] = draw.choice(["", "NA"])
        lines.append(";".join(str(cell) for cell in cells + [kind, amount, score]))
    return "\n".join(lines) + "\n"


UPLOAD = {
    "name": "visits",
    "description": "Made up: every type of column, gaps, quotes",
    "delimiter": ";",
    "header": True,
    "missing_values": ["", "NA"],
    "columns": {"id": {"type": "ignore"}, "note": {"type": "text"}},
}

FEATURES = ["visited", "age", "height", "colour", "smoker"]

GRAPH = {
    "nodes": [
        {"name": "colours", "type": "embedding", "inputs": ["input"], "units": 3, "column": "colour"},
        {"name": "smoking", "type": "embedding", "inputs": ["input"], "units": 2, "column": "smoker"},
        {"name": "numbers", "type": "columns", "inputs": ["input"], "columns": ["age", "height", "visited"]},
        {"name": "all", "type": "concatenate", "inputs": ["colours", "smoking", "numbers"]},
        {"name": "first", "type": "dense", "inputs": ["all"], "units": 12, "bias": False, "initializer": "he_normal"},
        {"name": "even", "type": "batch_normalization", "inputs": ["first"], "momentum": 0.2},
        {"name": "on", "type": "relu", "inputs": ["even"]},
        {"name": "holes", "type": "dropout", "inputs": ["on"], "rate": 0.2},
        {"name": "gate", "type": "dense", "inputs": ["holes"], "units": 12, "initializer": "glorot_normal"},
        {"name": "open", "type": "sigmoid", "inputs": ["gate"]},
        {"name": "gated", "type": "multiply", "inputs": ["holes", "open"]},
        {"name": "sum", "type": "add", "inputs": ["gated", "on"]},
        {"name": "level", "type": "layer_normalization", "inputs": ["sum"]},
    ],
    "output": "level",
}

# Between them they have every layer, loss, optimizer, schedule and kind of target. All end by themselves; the last one
# fails for a reason that its dataset's profile does not show.
ENDING = [
    {
        "name": "kind as a graph", "target": "kind", "features": FEATURES, "network": GRAPH, "model": "kind",
        "split": {"train": 6, "validation": 2, "test": 2, "stratify": True, "seed": 5},
        "loss": {"type": "softmax_cross_entropy", "label_smoothing": 0.05},
        "optimizer": {"type": "adamw", "learning_rate": 0.01, "weight_decay": 0.02},
        "weight_column": "weight", "metadata": {"team": "stored", "größe": "klein"}, "priority": 3, "owner": "ada",
        "hyperparameters": {
            "epochs": 40, "batch_size": 16, "seed": 7, "l2": 0.0001, "gradient_clip_norm": 5,
            "class_weights": "balanced",
            "early_stopping": {"patience": 4, "min_delta": 0.001},
            "learning_rate_schedule": {
                "type": "warmup", "epochs": 3, "start_factor": 0.2,
                "then": {"type": "reduce_on_plateau", "factor": 0.5, "patience": 1, "cooldown": 1}}}},
    {
        "name": "smoker", "target": "smoker", "features": ["age", "height", "colour", "visited", "amount"],
        "network": {"layers": [
            {"type": "dense", "units": 8, "initializer": "he_uniform"}, {"type": "gelu"},
            {"type": "dense", "units": 6}, {"type": "swish"}, {"type": "dense", "units": 6}, {"type": "softplus"}]},
        "loss": {"type": "binary_cross_entropy"}, "optimizer": {"type": "rmsprop", "learning_rate": 0.01},
        "hyperparameters": {"epochs": 12, "seed": 8, "class_weights": {"no": 1, "yes": 1.5},
                            "learning_rate_schedule": {"type": "cosine", "minimum": 0.0001}}},
    {
        "name": "two amounts", "target": ["amount", "score"], "features": FEATURES, "model": "amounts",
        "network": {"layers": [
            {"type": "embedding", "units": 2}, {"type": "dense", "units": 8},
            {"type": "leaky_relu", "negative_slope": 0.05},
            {"type": "dense", "units": 8}, {"type": "elu"}, {"type": "dense", "units": 6}, {"type": "tanh"}]},
        "loss": {"type": "huber", "delta": 1.5},
        "optimizer": {"type": "sgd", "learning_rate": 0.02, "momentum": 0.9, "nesterov": True},
        "hyperparameters": {"epochs": 15, "batch_size": 24, "seed": 9, "gradient_clip_value": 1, "l1": 0.00001,
                            "learning_rate_schedule": {"type": "step", "step_size": 5, "gamma": 0.6}}},
    {
        "name": "amount", "target": "amount", "features": ["age", "smoker", "colour"], "model": "amounts",
        "preprocessing": {"numeric": "none"}, "split": {"train": 0.9, "validation": 0, "test": 0.1, "seed": 2},
        "network": {"layers": []}, "loss": {"type": "mean_absolute_error"},
        "optimizer": {"type": "adagrad", "learning_rate": 0.3},
        "hyperparameters": {"steps": 20, "batch_size": "all", "sampling": "with_replacement", "seed": 10,
                            "regularized": "all", "l2": 0.001,
                            "learning_rate_schedule": {"type": "one_cycle", "rise": 0.4}}},
    {
        "name": "oddities", "features": FEATURES, "network": {"layers": [
            {"type": "dense", "units": 6}, {"type": "tanh"}, {"type": "dense", "units": 3},
            {"type": "dense", "units": 6}, {"type": "relu"}]},
        "loss": {"type": "mean_squared_error"}, "optimizer": {"type": "adam", "learning_rate": 0.01, "beta1": 0.8},
        "hyperparameters": {"epochs": 12, "seed": 11, "learning_rate_schedule": {"type": "exponential", "gamma": 0.9}}},
    {
        "name": "too fast", "target": "amount", "features": ["age"], "preprocessing": {"numeric": "none"},
        "network": {"layers": [{"type": "dense", "units": 4}]}, "optimizer": {"type": "sgd", "learning_rate": 100},
        "hyperparameters": {"epochs": 5, "batch_size": "all", "seed": 12,
                            "learning_rate_schedule": {"type": "constant"}}},
    {
        "name": "no such class", "target": "age", "task": "classification", "features": ["height"],
        "split": {"train": 0.8, "validation": 0.1, "test": 0.1, "stratify": False, "seed": 3},
        "hyperparameters": {"epochs": 1, "seed": 15, "class_weights": {"999": 2}}},
]

PAUSED = {
    "name": "paused", "target": "kind", "features": FEATURES, "network": GRAPH, "model": "paused",
    "optimizer": {"type": "adam", "learning_rate": 0.002}, "metadata": {"team": "stored"},
    "hyperparameters": {
        "epochs": 100000, "batch_size": 16, "seed": 13, "early_stopping": {"patience": 100000, "min_delta": 0.0001},
        "learning_rate_schedule": {"type": "reduce_on_plateau", "factor": 0.7, "patience": 6, "threshold": 0.001}},
}

KEY = "stored-sample"

CANCELLED = {
    "name": "cancelled", "target": "score", "features": ["height"], "network": {"layers": []},
    "hyperparameters": {"epochs": 100000, "batch_size": 1, "seed": 14},
}

# A plain row, one with gaps, one with what training did not see.
ROWS = [
    {"visited": "2024-03-05", "age": 33, "height": 171.5, "colour": "red", "smoker": "yes", "amount": 90.5},
    {"visited": None, "age": None, "height": 188, "colour": "", "smoker": None, "amount": -20},
    {"visited": "2031-01-01", "age": 130, "height": 120.25, "colour": "ultraviolet", "smoker": "no", "amount": 1000},
    {"visited": "2024-11-30", "age": 71, "height": 160, "colour": "dark red", "smoker": True, "amount": 210.75},
    {"visited": "2024-07-14", "age": 18, "height": 199.9, "colour": "blue", "smoker": False, "amount": 0},
]


class Descent:
    """The packaged service on a home."""

    def __init__(self, java, jar, home):
        self.log = home.parent / (home.name + ".log")
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(
                [java, "--enable-native-access=ALL-UNNAMED", "-jar", str(jar), "--descent.home=" + str(home),
                 "--server.port=0", "--descent.threads=1", "--descent.workers=1"],
                stdout=log, stderr=subprocess.STDOUT)
        self.address = "http://127.0.0.1:" + self.port()

    def port(self):
        while True:
            text = self.log.read_text()
            port = re.search(r"Tomcat started on port (\d+)", text)
            if port and "Started DescentApplication" in text:
                return port.group(1)
            if self.process.poll() is not None:
                raise SystemExit("Descent did not start:\n" + text)
            time.sleep(0.1)

    def read(self, path):
        with urllib.request.urlopen(self.address + path) as answer:
            return answer.read()

    def send(self, method, path, body=None, headers=None):
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        request = urllib.request.Request(self.address + path, data, headers or {}, method=method)
        if data is not None and not request.has_header("Content-type"):
            request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise SystemExit("%s %s: %d %s" % (method, path, error.code, error.read().decode()))

    def get(self, path):
        return self.send("GET", path)

    def post(self, path, body=None, headers=None):
        return self.send("POST", path, body, headers)

    def wait(self, job, condition):
        while True:
            found = self.get("/v1/training-jobs/" + job)
            if condition(found):
                return found
            if found["terminal"]:
                raise SystemExit("Ended too early: " + json.dumps(found))

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        if self.process.poll() is None:
            self.stop()


def upload(descent):
    boundary = "stored-sample-boundary"
    parts = ('--{0}\r\nContent-Disposition: form-data; name="file"; filename="visits.csv"\r\n\r\n{1}\r\n'
             '--{0}\r\nContent-Disposition: form-data; name="options"\r\nContent-Type: application/json\r\n\r\n{2}\r\n'
             '--{0}--\r\n').format(boundary, table(), json.dumps(UPLOAD))
    headers = {"Content-Type": "multipart/form-data; boundary=" + boundary}
    return descent.post("/v1/datasets", parts.encode(), headers)["id"]


def request(settings, dataset):
    return {"dataset": dataset, "threads": 1, **settings}


def pause_in_the_middle(descent, dataset):
    """A job with a change that training has taken up, a checkpoint within an epoch, and a change that waits."""
    body = request(PAUSED, dataset)
    answer = descent.post("/v1/training-jobs", body, {"Idempotency-Key": KEY})
    job = answer["id"]
    path = "/v1/training-jobs/" + job
    descent.wait(job, lambda found: found["progress"]["epoch"] >= 1)
    descent.send("PATCH", path, {"learning_rate": 0.004})
    taken = lambda event: event["type"] == "change" and event["data"]["step"] is not None
    while not any(taken(event) for event in descent.get(path + "/events")["data"]):
        pass
    of_an_epoch = descent.get(path + "/metrics")["data"][0]["step"]
    epoch, step = pause(descent, path)
    while step == epoch * of_an_epoch:
        descent.post(path + "/resume")
        descent.wait(job, lambda found: found["progress"]["epoch"] > epoch)
        epoch, step = pause(descent, path)
    change = {"epochs": epoch + EPOCHS_TO_GO, "learning_rate": 0.003, "early_stopping": {"patience": 5000}}
    descent.send("PATCH", path, change)
    return job, {"path": path, "idempotency_key": KEY, "request": body, "answer": answer}


def pause(descent, path):
    """Where a running job pauses: after an epoch's last batch more often than within an epoch, if epochs are short."""
    descent.post(path + "/pause")
    progress = descent.wait(path.split("/")[-1], lambda found: found["status"] == "paused")["progress"]
    return progress["epoch"], progress["step"]


def cancel_in_the_middle(descent, dataset):
    job = descent.post("/v1/training-jobs", request(CANCELLED, dataset))["id"]
    descent.wait(job, lambda found: found["progress"]["epoch"] >= 1)
    descent.post("/v1/training-jobs/" + job + "/cancel")
    descent.wait(job, lambda found: found["terminal"])
    return job


def predictions(descent, model, version):
    path = "/v1/models/%s/predict?version=%d" % (model, version)
    needed = [column["name"] for column in descent.get("/v1/models/%s/versions/%d" % (model, version))["inputs"]]
    body = {"rows": [{name: row[name] for name in needed} for row in ROWS], "explain_inputs": True}
    answer = descent.post(path, body)
    del answer["warnings"]  # Sentences, which may be said better one day.
    return {"path": path, "request": body, "answer": answer}


def checkpoints(descent, path):
    answer = descent.get(path)
    for checkpoint in answer["data"]:
        del checkpoint["best"]  # A judgement, and not stored.
    return answer


def tensors(file):
    """What is in a safetensors file, by name."""
    start = 8 + int.from_bytes(file[:8], "little")
    header = json.loads(file[8:start])
    return {
        name: {"shape": tensor["shape"], "sha256": digest(file, start, *tensor["data_offsets"])}
        for name, tensor in header.items() if name != "__metadata__"}


def digest(file, start, begin, end):
    return hashlib.sha256(file[start + begin:start + end]).hexdigest()


def fill(descent):
    """Stores one of each kind; says what is answered about it."""
    dataset = upload(descent)
    jobs, made = [], []
    for settings in ENDING:
        job = descent.post("/v1/training-jobs", request(settings, dataset))["id"]
        ended = descent.wait(job, lambda found: found["terminal"])
        jobs.append(job)
        if ended["model"]:
            made.append((ended["model"]["name"], ended["model"]["version"]))
        print("%-16s %s %s" % (settings["name"], ended["status"], ended["stop_reason"]))
    jobs.append(cancel_in_the_middle(descent, dataset))
    paused, how = pause_in_the_middle(descent, dataset)
    jobs.append(paused)

    paths = ["/v1/datasets/" + dataset, "/v1/datasets/" + dataset + "/rows?offset=0&limit=10"]
    for job in jobs:
        path = "/v1/training-jobs/" + job
        paths += [path, path + "/metrics?max_points=10000", path + "/events"]
    paths += ["/v1/models/" + name for name in sorted({name for name, _ in made})]
    paths += ["/v1/models/%s/versions/%d" % one for one in made]
    answers = {path: descent.get(path) for path in paths}
    for job in jobs:
        path = "/v1/training-jobs/" + job + "/checkpoints"
        answers[path] = checkpoints(descent, path)
    weights = [
        "%s/%s/weights" % (path, checkpoint["id"])
        for path in answers if path.endswith("/checkpoints") for checkpoint in answers[path]["data"]]
    return {
        "answers": answers,
        "weights": {path: tensors(descent.read(path)) for path in weights},
        "predictions": [predictions(descent, *one) for one in made],
        "paused": how,
    }


def resume(descent, path):
    """What the paused job comes to; of its epochs, those after the pause."""
    done = descent.get(path)["progress"]["epoch"]
    job = descent.post(path + "/resume")["id"]
    ended = descent.wait(job, lambda found: found["terminal"])
    print("resumed          %s %s" % (ended["status"], ended["stop_reason"]))
    model = ended["model"]
    return {
        "job": ended,
        "epochs": descent.get(path + "/metrics?max_points=10000")["data"][done:],
        "predictions": predictions(descent, model["name"], model["version"]),
    }


def dump(java, h2, home, script):
    sql = "script simple nopasswords nosettings to '%s'" % script
    subprocess.run(
        [java, "-cp", str(h2), "org.h2.tools.Shell", "-url", URL.format(home=home), "-user", "descent", "-password", "",
         "-sql", sql], check=True, stdout=subprocess.DEVNULL)
    # H2 fills its lines up with spaces.
    text = script.read_text(encoding="utf-8")
    write(script, re.sub("; +\n", ";\n", text))


def write(file, text):
    """Whose kernel it was is nobody's business."""
    file.write_text(text.replace(platform.release(), "0"), encoding="utf-8", newline="\n")


def pretty(value, depth=0):
    """JSON with a line for each part that fits into one, so that a difference is easy to read."""
    flat = json.dumps(value, ensure_ascii=False)
    if len(flat) + depth <= 320 or not isinstance(value, (dict, list)):
        return flat
    indent = " " * (depth + 1)
    if isinstance(value, dict):
        parts = [json.dumps(name, ensure_ascii=False) + ": " + pretty(part, depth + 1) for name, part in value.items()]
        return "{\n" + ",\n".join(indent + part for part in parts) + "\n" + " " * depth + "}"
    return "[\n" + ",\n".join(indent + pretty(part, depth + 1) for part in value) + "\n" + " " * depth + "]"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jar", type=Path, required=True, help="the packaged service")
    parser.add_argument("--h2", type=Path, required=True, help="the jar of H2 in the version that the service uses")
    parser.add_argument("--out", type=Path, required=True, help="the sample's folder, named after the commit")
    parser.add_argument("--java", default="java")
    options = parser.parse_args()
    for variable in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
        os.environ.pop(variable, None)

    with tempfile.TemporaryDirectory() as work:
        home, copy = Path(work, "home"), Path(work, "copy")
        with Descent(options.java, options.jar, home) as descent:
            recorded = fill(descent)
        shutil.copytree(home, copy)
        with Descent(options.java, options.jar, copy) as descent:
            recorded["resumed"] = resume(descent, recorded["paused"]["path"])

        shutil.rmtree(options.out, ignore_errors=True)
        options.out.mkdir(parents=True)
        dump(options.java, options.h2, home, options.out / "database.sql")
        shutil.copytree(home / "datasets", options.out / "datasets")
        write(options.out / "recorded.json", pretty(recorded) + "\n")


if __name__ == "__main__":
    main()
