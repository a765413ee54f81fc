# What scanners in Python stand on: the loop over opcodes of the standard library,
# alone and with what they do at least with each (keep it in a list, look at its name).
import json, pickletools, sys, time

file, what = sys.argv[1:]
IMPORTS = {"GLOBAL", "STACK_GLOBAL", "INST"}


def loop(data):
    for _ in pickletools.genops(data):
        pass


def listed(data):
    found = 0
    kept = list(pickletools.genops(data))
    for opcode, _, _ in kept:
        if opcode.name == "MEMOIZE" or opcode.name in ("PUT", "BINPUT", "LONG_BINPUT"):
            pass
        elif opcode.name in IMPORTS:
            found += 1
    return found


with open(file, "rb") as handle:
    data = handle.read()
cpu = time.process_time()
start = time.perf_counter()
{"loop": loop, "listed": listed}[what](data)
print(json.dumps({"seconds": time.perf_counter() - start, "cpu": time.process_time() - cpu}))
