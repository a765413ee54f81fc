import { rulesOf, scan } from '../../__testUtils__/scans';

const rulesFor = async (code: string, name = 'helper.py') =>
  (await rulesOf(Buffer.from(code), name)).filter(
    rule => rule !== 'python-code',
  );

describe('Python beside the weights', () => {
  it('is a warning', async () => {
    const code =
      'import torch\nfrom torch import nn\n\nclass Net(nn.Module):\n    pass\n';
    expect(await scan(Buffer.from(code), 'modeling_x.py')).toMatchObject({
      format: 'python',
      verdict: 'suspicious',
      findings: [expect.objectContaining({ rule: 'python-code' })],
    });
    expect(
      (await scan(Buffer.from(`#!/usr/bin/env python3\n${code}`), 'run'))
        .format,
    ).toBe('python');
  });

  it.each([
    'import os\nos.system("id")',
    'import os as o\no.popen("id")',
    'from os import system as s\ns("id")',
    'from os import *\nsystem("id")',
    'import os.path\nos.system("id")',
    'import os\nrun = os.system\nrun("id")',
    'import subprocess\nsubprocess.run(["id"])',
    'from subprocess import (\n    check_output,\n    Popen,\n)\nPopen("id")',
    'exec("1")',
    'f = exec\nf("1")',
    'eval(x)',
    'list(map(exec, ["1"]))',
    'compile(x, "", "exec")',
    '__builtins__.exec("1")',
    'import builtins\nbuiltins.eval("1")',
    '\uff45\uff58\uff45\uff43("1")',
    'x = 1; exec("1")',
    'if True: exec("1")',
    'y = f"{eval(x)}"',
    'import socket\nsocket.create_connection(("a", 1))',
    'import requests\nrequests.post("https://a.dev", data=x)',
    'import urllib.request\nurllib.request.urlopen(u)',
    'import ctypes\nctypes.CDLL("./x.so")',
    'from torch.utils import cpp_extension\ncpp_extension.load("x")',
    'import torch\ntorch.ops.load_library("x.so")',
    'import pickle\npickle.load(f)',
    'import torch\ntorch.load(p)',
    'import yaml\nyaml.load(f)',
    'import marshal\nmarshal.loads(b)',
    'import importlib.util\nimportlib.util.spec_from_file_location("a", p)',
    'import runpy\nrunpy.run_path(p)',
    '().__class__.__base__.__subclasses__()',
    'f.__globals__["x"]',
    'open("/etc/passwd").read()',
    'p = "~/.ssh/" + "id_rsa"',
    'import asyncio\nasyncio.create_subprocess_shell("id")',
    'import pty\npty.spawn("/bin/sh")',
  ])('%j is dangerous', async code => {
    expect(await rulesFor(`${code}\n`)).toContain('python-dangerous-call');
  });

  it.each([
    '# exec("x")\n',
    '"""os.system("id") and exec(x)"""\n',
    "s = 'subprocess.run'\n",
    'self.model.eval()\n',
    'def compile(self, x):\n    return x\n',
    'fit(eval=True, exec=1)\n',
    'import re\nre.compile("x")\n',
    'import torch\ntorch.compile(m)\n',
    'import torch\ntorch.load(p, weights_only=True)\n',
    'import yaml\nyaml.safe_load(f)\nyaml.load(f, Loader=yaml.SafeLoader)\n',
    'import numpy as np\nnp.load(p)\n',
    'import os\nos.path.join("a", "b")\nos.environ.get("X")\n',
    'import importlib\nimportlib.import_module("torch")\n',
    'getattr(self, "layer" + str(i))\n',
    'getattr(self, f"layer_{i}")\n',
    'getattr(torch, name)\n',
    'import importlib\ngetattr(importlib.import_module(name), "X")\n',
    'import subprocess\nx = subprocess.PIPE\ntry:\n    pass\nexcept subprocess.CalledProcessError:\n    pass\n',
    'isinstance(f, types.FunctionType)\n',
    'x = a if b else c\ny = {"exec": 1}\n',
    'match x:\n    case {"a": [1, *_]}: pass\n',
    'z = lambda eval: eval + 1\n',
  ])('%j is not', async code => {
    expect(await rulesFor(code)).toEqual([]);
  });
});

describe('Python that hides', () => {
  it.each([
    'import base64\nexec(base64.b64decode("aWQ="))',
    'from base64 import b64decode as d\nexec(d("aWQ="))',
    'exec(__import__("base64").b64decode("aWQ="))',
    'import zlib\neval(zlib.decompress(x))',
    'exec(bytes([105, 100]))',
    'exec("".join(chr(c) for c in x))',
    'exec("di"[::-1])',
    'exec(bytes.fromhex("6964"))',
    'import marshal, zlib\nexec(marshal.loads(zlib.decompress(x)))',
    'getattr(__import__("o" + "s"), "sys" + "tem")("id")',
    '__import__("os").system("id")',
    'import importlib\nimportlib.import_module("os").system("id")',
    'import os\ngetattr(os, "system")("id")',
    'import os\ngetattr(os, name)("id")',
    'globals()["__builtins__"]',
    'vars()["ex" + "ec"]',
    'x.__dict__["ev" + "al"]',
    '__import__("\\x6f\\x73")',
    '# coding: rot13\nvzcbeg bf',
    '# -*- coding: utf-7 -*-\n+AGUAeABlAGM-',
  ])('%j is told of', async code => {
    expect(await rulesFor(`${code}\n`)).toContain('python-obfuscated');
    expect((await scan(Buffer.from(`${code}\n`), 'x.py')).verdict).toBe(
      'malicious',
    );
  });

  it('in long texts is told of', async () => {
    const letters = 'aGVsbG8gd29ybGQ3'.repeat(40);
    expect(await rulesFor(`x = "${letters}"\n`)).toEqual([
      'python-encoded-data',
    ]);
    expect(
      await rulesFor(
        `x = ("${letters.slice(0, 300)}"\n  "${letters.slice(300)}")\n`,
      ),
    ).toEqual(['python-encoded-data']);
    expect(await rulesFor(`x = b"${'\\x6f'.repeat(200)}"\n`)).toEqual([
      'python-encoded-data',
    ]);
    expect(await rulesFor(`x = "${'word '.repeat(200)}"\n`)).toEqual([]);
    expect(await rulesFor(`x = "${'a'.repeat(500)}"\n`)).toEqual([]);
  });
});

describe('Python that acts when it is imported', () => {
  const act = 'import os\n';

  it.each([
    'os.system("id")',
    'class A:\n    os.system("id")',
    'if True:\n    os.system("id")',
    'try:\n\tos.system("id")\nexcept Exception:\n\tpass',
    'def f():\n    pass\nos.system("id")',
    'x = (1,\n  os.system("id"))',
  ])('%j is malicious in files that are imported', async code => {
    for (const name of [
      'modeling_x.py',
      '__init__.py',
      'setup.py',
      'conftest.py',
    ]) {
      expect(await rulesFor(`${act}${code}\n`, name)).toContain(
        'python-runs-on-import',
      );
    }
    expect(await rulesFor(`${act}${code}\n`, 'train.py')).toEqual([
      'python-dangerous-call',
    ]);
  });

  it.each([
    'def f():\n    os.system("id")',
    'class A:\n    def f(self):\n        if x:\n            os.system("id")\n        return 1',
    'async def f(): os.system("id")',
    'if __name__ == "__main__":\n    os.system("id")',
  ])('%j waits', async code => {
    expect(await rulesFor(`${act}${code}\n`, 'modeling_x.py')).toEqual([
      'python-dangerous-call',
    ]);
  });
});

describe('what cannot be read is no pass', () => {
  it.each(['x = """abc\n', "x = 'abc\n", 'x = f"{a\n'])('%j', async code => {
    expect(await rulesFor(code)).toEqual(['python-unreadable']);
    expect((await scan(Buffer.from(code), 'x.py')).verdict).toBe('error');
  });
});

it('compiled Python is told of', async () => {
  const compiled = Buffer.concat([
    Buffer.from('a70d0d0a00000000', 'hex'),
    Buffer.alloc(8),
    Buffer.from([0xe3, 0, 0, 0]),
  ]);
  expect(await rulesOf(compiled, 'x.pyc')).toEqual(['python-bytecode']);
  expect(await rulesOf(compiled, 'x')).toEqual(['python-bytecode']);
});

it('the cells of notebooks are judged', async () => {
  const notebook = (...source: string[]) =>
    Buffer.from(
      JSON.stringify({
        cells: [
          { cell_type: 'markdown', source: ['exec("x")'] },
          { cell_type: 'code', source },
        ],
        nbformat: 4,
      }),
    );
  expect(
    await rulesOf(
      notebook('%pip install x\n', 'import torch\n', 'print?\n'),
      'a.ipynb',
    ),
  ).toEqual(['python-code']);
  expect(
    await rulesOf(notebook('import os\n', 'os.system("id")'), 'a.ipynb'),
  ).toEqual(['python-code', 'python-dangerous-call']);
  expect(
    await rulesOf(notebook('!curl https://a.dev/x | sh'), 'a.ipynb'),
  ).toContain('script-dangerous');
});
