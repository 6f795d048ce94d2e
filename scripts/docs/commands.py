#!/usr/bin/env python3
"""What scripts/check-commands.sh runs, in the folder that it has made:

commands.py data ROOT          tiny data under the names that the pages have, and the configurations that pages begin with
commands.py run ROOT PAGE ...  the commands of the pages, and a table of what became of each
"""
import bz2, datetime, pathlib, random, re, shutil, subprocess, sys, time, wave

# How a command begins, behind values that are set for it; other blocks show files, output or code.
COMMAND = re.compile(r"(?:[A-Z_]+=(?:\"[^\"]*\"|\S*) +)*((?:scripts|\.ci)/[\w/.-]+|rondo(?:-submit)?|mvn|java|spark-(?:shell|submit)|tensorboard"
                     r"|SPARK_\w+=\S+|export|cp|echo|ls|touch|bzcat|zcat|flags=|jars=)(?=\W|$)")
LIMIT = 600  # seconds
WORDS = "a fine lovely dull slow film with the end and of story that he she sees one two three".split()


def without_comment(line):
    return re.sub(r"\s+#\s.*$", "", line.strip())


def commands(text):
    """Line and text of each command: what is indented by four spaces, with the lines that continue it."""
    lines = re.sub(r"(?ms)^```.*?^```", lambda block: "\n" * block.group().count("\n"), text).split("\n")
    at = 0
    while at < len(lines):
        first = at
        if lines[at].startswith("    ") and COMMAND.match(lines[at].strip()):
            whole = without_comment(lines[at])
            while whole.endswith("\\") or whole.count("'") % 2 or whole.count('"') % 2:
                at += 1
                whole = whole.removesuffix("\\") + "\n" * (not whole.endswith("\\")) + without_comment(lines[at])
            yield first + 1, whole
        at += 1


def sentence(draw, length=12):
    return " ".join(draw.choices(WORDS, k=length))


def write(name, lines):
    path = pathlib.Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def data(root):
    draw = random.Random(1)
    for name in ["novel.txt", "books/one.txt", "build/quickstart/text/a.txt", "sentences.txt", "reviews.txt", "ptb.train.txt",
                 "ptb.valid.txt", "ptb.test.txt"]:
        write(name, [sentence(draw) for _ in range(120)])
    write("my.conf", ['include "conf/sentiment.conf"', "data { train = reviews.tsv, columns.text = _c1 }", "output = output/reviews"])
    rated = [("pos" if i % 2 else "neg", sentence(draw)) for i in range(60)]
    write("reviews.tsv", ["\t".join(row) for row in rated])
    write("new.tsv", ["\t".join(row) for row in rated[:4]])
    imdb = "".join(f"{label}\t1\t1\t{text}\n" for label, text in rated)
    pathlib.Path("imdb.train.tsv.bz2").write_bytes(bz2.compress(imdb.encode()))
    write("ratings.csv", ["review,stars"] + [f"{text},{label}" for label, text in rated])
    write("ratings.conf", ['include "conf/sentiment.conf"', "data.options = null", "data.options.header = true", "output = output/ratings",
                           'data { train = "ratings.csv", columns { text = review, label = stars } }'])
    hours = [f"2026-03-{1 + t // 24:02}T{t % 24:02}:00:00" for t in range(480)]
    write("machines.csv", ["machine,at,load,oil"] + [f"m{m},{hour},{draw.random():.3f},{draw.random():.3f}" for m in range(3) for hour in hours])
    first = datetime.date(2024, 1, 1)
    sales = ["article,day,sold"] + [f"a,{first + datetime.timedelta(t)},{draw.randint(1, 9)}" for t in range(720)]
    write("sales.csv", sales)
    write("latest.csv", sales)
    for split, rows in [("train", 60), ("val", 10)]:
        for language in ["en", "de"]:
            write(f"multi30k/{split}.{language}", [sentence(draw, 5) for _ in range(rows)])
    recordings = pathlib.Path("recordings")
    recordings.mkdir()
    for i in range(40):
        with wave.open(str(recordings / f"{i % 4}_speaker_{i // 4}.wav"), "wb") as sound:
            sound.setparams((1, 2, 8000, 0, "NONE", ""))
            sound.writeframes(draw.randbytes(8000))
    pathlib.Path("FOLDER").symlink_to("recordings")
    pathlib.Path("new-clips").symlink_to("shapes")  # which a command of the page makes
    for page, name in [("getting-started", "reviews"), ("tasks/anomalies", "machines"), ("tasks/forecasting", "sales"),
                       ("tasks/translation", "translation")]:
        text = (root / f"docs/{page}.md").read_text(encoding="utf-8")
        whole = re.search(r"(?ms)^```hocon\n(.*?)^```", text).group(1)
        small = "train { epochs = null, rounds = 2, sync_every = 2, batch = 2 }\nshards = 1\nnetwork.units = 8"
        write(f"{name}.conf", [whole, small, "evaluate { every = 1, streams = 2, batch = 2 }"])
    with open("reviews.conf", "a", encoding="utf-8") as conf:  # whose data have predictions already
        conf.write('data.sql = "SELECT review, stars, _file FROM data"\n')


def parsed(command, root):
    """Whether bash can read a command, and the scripts that it names are there."""
    scripts = re.findall(r"(?:^|\s)((?:scripts|\.ci)/[\w/.-]+)", command)
    missing = [script for script in scripts if not (root / script).is_file()]
    read = subprocess.run(["bash", "-n", "-c", command], capture_output=True, text=True)
    return f"{missing} missing" if missing else read.stderr.strip()


def run(command, folder):
    """The error of a command, empty where it succeeds. What it reads from standard input is a sentence."""
    try:
        done = subprocess.run(["bash", "-euo", "pipefail", "-c", command], cwd=folder, input="the film\n", stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, timeout=LIMIT)
    except subprocess.TimeoutExpired:
        return f"runs for more than {LIMIT} seconds"
    return "" if done.returncode == 0 else f"exit code {done.returncode}\n{done.stdout[-3000:]}"


def check(root, pages):
    rules = [line.split("\t") for line in (root / "scripts/docs/not-run.txt").read_text().splitlines() if not line.startswith("#")]
    used, failures = set(), []
    print("| place | command | outcome |\n|---|---|---|")
    for number, page in enumerate(pages):
        folder = shutil.copytree(".", f"../page-{number}", symlinks=True)  # what another page wrote is not there
        for line, command in commands((root / page).read_text(encoding="utf-8")):
            place, begun = f"{page}:{line}", time.monotonic()
            rule = next((rule for rule in rules if re.search(rule[0], f"{place} {command}", re.S)), None)
            if rule:
                used.add(rule[0])
                error, outcome = parsed(command, root), f"parsed: {rule[1]}"
            else:
                dry = command.replace("scripts/rondo-submit", "scripts/rondo-submit --dry-run")
                error = run(dry, folder)
                outcome = f"{'ran' if dry == command else 'ran with --dry-run'}, {time.monotonic() - begun:.0f} s"
            if error:
                failures.append(f"{place}: {command}\n{error}")
                outcome = "FAILED"
            shown = command.replace("\n", " ").replace("|", "\\|")
            print(f"| {place} | `{shown}` | {outcome} |", flush=True)
    if failures:
        sys.exit("check-commands: " + "\n\ncheck-commands: ".join(failures))
    unused = [rule[0] for rule in rules if rule[0] not in used]
    if len(pages) > 20 and unused:
        sys.exit(f"check-commands: no command is like these of scripts/docs/not-run.txt: {unused}")


if sys.argv[1] == "data":
    data(pathlib.Path(sys.argv[2]))
else:
    check(pathlib.Path(sys.argv[2]), sys.argv[3:])
