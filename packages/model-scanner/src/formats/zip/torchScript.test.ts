import { pickle } from '../../__testUtils__/pickles';
import { payload, rulesOf, scan } from '../../__testUtils__/scans';
import { zip, type ZipMember } from '../../__testUtils__/zips';

/** An archive as `torch.jit.save` writes it. */
const script = (code: string, ...more: ZipMember[]) =>
  zip([
    {
      name: 'm/data.pkl',
      data: pickle(2)
        .global('__torch__.net', 'Net')
        .raw(')', 0x81, '}', 'b')
        .stop(),
    },
    { name: 'm/byteorder', data: 'little' },
    { name: 'm/code/__torch__/net.py', data: code, deflate: true },
    {
      name: 'm/code/__torch__/net.py.debug_pkl',
      data: pickle(2)
        .longText('FORMAT_WITH_STRING_TABLE')
        .raw(']', 0x86)
        .stop(),
      deflate: true,
    },
    { name: 'm/constants/0', data: Buffer.alloc(32, 0x80) },
    { name: 'm/constants.pkl', data: pickle(2).raw(')').stop() },
    { name: 'm/version', data: '3\n' },
    { name: 'm/.data/serialization_id', data: '1234' },
    ...more,
  ]);

const CODE = `class Net(Module):
  __parameters__ = ["weight", "bias", ]
  __buffers__ = []
  weight : Tensor
  training : bool
  _is_full_backward_hook : Optional[bool]
  l : __torch__.torch.nn.modules.linear.Linear
  q : __torch__.torch.classes.quantized.LinearPackedParamsBase
  def forward(self: __torch__.net.Net,
    x: Tensor) -> Tensor:
    # torch.save(x, "/tmp/x")
    _0 = __torch__.torch.nn.functional.linear
    _4 = getattr(self.l, "0")
    y = torch.relu((self.l).forward(x, ))
    if bool(torch.gt(torch.sum(y), 0)):
      print("torch.save(x)", ops.prim.NumToTensor(1))
    else:
      ops.prim.RaiseException("AssertionError: ")
    _1 = torch.format("bad {}", torch.size(x, 0))
    _2 = ops.quantized.linear_dynamic(x, self.q, False)
    _3 = ops.torchvision.nms(x, y, 0.5)
    z = fork(self.l.forward, CONSTANTS.c0)
    return annotate(Tensor, torch.__xor__(y, z))
  def save(self: __torch__.net.Net, x: Tensor) -> Tensor:
    return (self).save(x, )
`;

describe('an archive of TorchScript', () => {
  it('is told to hold code and no more', async () => {
    expect((await scan(script(CODE), 'm.pt')).findings).toEqual([
      expect.objectContaining({ rule: 'torchscript-code', severity: 'medium' }),
    ]);
  });

  it.each([
    'torch.save(x, "/tmp/x")',
    'torch . save (x, "/tmp/x")',
    'torch.\\\n  save(x, "/tmp/x")',
    'torch. # a comment\n  save(x, "/tmp/x")',
    'ops.aten.save(x, "/tmp/x")',
    'torch.from_file("/etc/passwd", False, 10)',
    't = torch',
    't = ops.aten',
    'getattr(torch, "save")(x, "/tmp/x")',
    'getattr(ops, "aten")',
    'ops.image.write_file("/tmp/x", x)',
    'ops.image.read_file("/etc/passwd")',
    'ops.torchaudio.sox_io_save_audio_file("/tmp/x", x)',
    'ops.video_reader.read_video_from_file("/etc/passwd")',
    'torch.classes.load_library("/tmp/x.so")',
    'torch.ops.load_library("/tmp/x.so")',
    'rpc_async("worker", f)',
    '^Evil(1)(x)',
    'eval("1")',
    'ops.prim.rpc_async("worker", f)',
  ])('is dangerous with %j', async line => {
    const bytes = script(`${CODE}    ${line}\n`);
    const report = await scan(bytes, 'm.pt');
    expect(report.findings.map(({ rule }) => rule)).toContain(
      'torchscript-dangerous-code',
    );
    expect(report.verdict).toBe('malicious');
  });

  it.each([
    'ops.my_library.run(x)',
    'import os',
    'import os.path as p',
    'x = __torch__.torch.classes.tensorrt.Engine(x)',
    'e : __torch__.torch.classes.mine.Thing',
  ])('needs others with %j', async line => {
    expect(await rulesOf(script(`${CODE}    ${line}\n`), 'm.pt')).toContain(
      'torchscript-foreign-code',
    );
  });

  it('names the member', async () => {
    const { findings } = await scan(script('torch.save(x)'), 'm.pt');
    expect(findings).toContainEqual(
      expect.objectContaining({
        rule: 'torchscript-dangerous-code',
        message: 'm/code/__torch__/net.py calls torch.save',
      }),
    );
  });

  it.each<[string, ZipMember, string]>([
    [
      'in the constants',
      { name: 'm/constants.pkl', data: payload() },
      'pickle-dangerous-import',
    ],
    [
      'in the notes for debuggers',
      { name: 'm/code/x.py.debug_pkl', data: payload(), deflate: true },
      'pickle-dangerous-import',
    ],
    [
      'in a file beside it',
      { name: 'm/extra/a.json', data: payload() },
      'pickle-dangerous-import',
    ],
    [
      'in the bytecode of a mobile model',
      {
        name: 'm/bytecode.pkl',
        data: pickle(2)
          .raw('(')
          .longText('operators')
          .longText('aten::save')
          .raw('t')
          .stop(),
      },
      'torchscript-dangerous-code',
    ],
    [
      'in code in capitals',
      { name: 'm/code/X.PY', data: 'torch.save(x)' },
      'torchscript-dangerous-code',
    ],
    [
      'in too much code',
      {
        name: 'm/code/big.py',
        data: ' '.repeat(17 * 1024 * 1024),
        deflate: true,
      },
      'too-large',
    ],
  ])('does not hide a payload %s', async (_, member, rule) => {
    expect(await rulesOf(script(CODE, member), 'm.pt')).toContain(rule);
  });

  it.each<[string, ZipMember[]]>([
    [
      'of old',
      [
        { name: 'm/model.json', data: '{"protoVersion": "5"}' },
        { name: 'm/code/m.py', data: 'torch.save(x, "/x")' },
      ],
    ],
    [
      'in capitals',
      [
        { name: 'M/DATA.PKL', data: pickle(2).raw(')').stop() },
        { name: 'M/Code/m.py', data: 'torch.save(x, "/x")' },
      ],
    ],
    [
      'beside another',
      [
        { name: 'b/version', data: '3\n' },
        { name: 'a/data.pkl', data: pickle(2).raw(')').stop() },
        { name: 'b/data.pkl', data: pickle(2).raw(')').stop() },
        { name: 'b/code/m.py', data: 'torch.save(x, "/x")' },
      ],
    ],
    [
      'beside one without a folder',
      [
        { name: 'constructor', data: 'x' },
        { name: 'data.pkl', data: pickle(2).raw(')').stop() },
        { name: 'm/data.pkl', data: pickle(2).raw(')').stop() },
        { name: 'm/code/m.py', data: 'torch.save(x, "/x")' },
      ],
    ],
    [
      'without a folder',
      [
        { name: 'data.pkl', data: pickle(2).raw(')').stop() },
        { name: 'code/m.py', data: 'torch.save(x, "/x")' },
      ],
    ],
  ])('%s is judged', async (_, members) => {
    expect(await rulesOf(zip(members), 'm.pt')).toEqual(
      expect.arrayContaining([
        'torchscript-code',
        'torchscript-dangerous-code',
      ]),
    );
  });

  it('for phones is clean of all but code', async () => {
    const bytecode = pickle(2)
      .raw('(')
      .longText('operators')
      .longText('aten::linear')
      .longText('quantized::linear_dynamic')
      .raw('t')
      .stop();
    const bytes = script(CODE, { name: 'm/bytecode.pkl', data: bytecode });
    expect(await rulesOf(bytes, 'm.ptl')).toEqual(['torchscript-code']);
  });
});
