const words = (text: string) => new Set(text.trim().split(/\s+/));

/** Words of the language itself, after which a bracket calls or indexes nothing. */
export const KEYWORDS =
  words(`and or not in is if elif else for recursive ignore missing
  with without context as set import from include extends do call filter macro block return`);

/** Statements that templates of models have. */
export const STATEMENTS =
  words(`for endfor if elif else endif set endset macro endmacro call endcall
  filter endfilter block endblock with endwith autoescape endautoescape do break continue
  generation endgeneration raw endraw`);

/** Statements that read other templates. */
export const INCLUDES = words('import from include extends');

/** Functions that loaders of models give to templates, and Jinja's harmless ones. */
export const FUNCTIONS =
  words(`range namespace dict raise_exception raise strftime_now now caller loop
  super`);

/** What only tricks have a use for: each leads to the globals of a Python module. */
export const ODD_GLOBALS = words(
  'lipsum cycler joiner self url_for get_flashed_messages',
);

/** Filters of Jinja without `attr`, and those that loaders of models add. */
export const FILTERS =
  words(`abs batch capitalize center count d default dictsort e escape
  filesizeformat first float forceescape format from_json fromjson groupby indent int items
  join last length list lower map max min pprint random reject rejectattr replace reverse
  round safe select selectattr slice sort string striptags sum title tojson trim truncate
  unique upper urlencode urlize wordcount wordwrap xmlattr`);

/** Filters that take the name of an attribute. */
export const BY_ATTRIBUTE =
  words(`map selectattr rejectattr groupby sort sum unique min
  max join`);

/** Methods of texts, lists, mappings and loops. */
export const METHODS =
  words(`append capitalize casefold center changed clear copy count cycle
  endswith expandtabs extend find format get index insert isalnum isalpha isdecimal isdigit
  islower isnumeric isspace istitle isupper items join keys ljust lower lstrip now partition pop
  remove removeprefix removesuffix replace reverse rfind rindex rjust rpartition rsplit rstrip
  setdefault sort split splitlines startswith strftime isoformat strip swapcase title today update
  upper values zfill`);

/** Methods that run, load or open something, whatever they belong to. */
export const DANGEROUS_METHODS =
  words(`mro popen system spawn exec eval execfile compile
  check_output check_call getoutput getstatusoutput run_module load_module import_module
  get_data open read_text write_text write_bytes read_bytes startfile fork execv execve
  urlopen urlretrieve loads unpickle exec_module find_spec from_string get_template
  overlay compile_expression`);

/** Attributes of functions, frames and generators that need no underscores. */
export const DANGEROUS_ATTRIBUTES =
  words(`func_globals func_code func_closure func_defaults im_class
  im_func im_self gi_frame gi_code gi_yieldfrom cr_frame cr_code ag_frame ag_code f_globals
  f_builtins f_locals f_back f_code tb_frame tb_next co_consts co_names co_code mro`);

/** Filters and methods that put texts together. */
export const BUILDERS =
  words(`join format replace reverse urlencode center indent truncate
  xmlattr tojson sum ljust rjust zfill translate pprint`);

const MEMBERS = `class base bases mro subclasses globals builtins import init new dict
  getattribute getattr getitem setattr delattr setitem call code closure func self module
  reduce reduce_ex loader spec subclasshook init_subclass wrapped defaults kwdefaults
  annotations doc name qualname file path package weakref slots enter exit del class_getitem
  traceback context cause objclass text_signature format sizeof dir str repr hash iter next
  contains len bool index`;

/** A member of Python objects by which a template leaves its place. */
const DANGEROUS_TEXT = new RegExp(
  `__(${MEMBERS.trim().split(/\s+/).join('|')})__`,
  'i',
);

/** A piece of such a name. */
export const isPieceOfMember = (text: string) =>
  /(^|[^\w])__[a-z]|[a-z]__([^\w]|$)|^_+$/i.test(text);

/** Whether a text names such a member, forwards or backwards. */
export const namesMember = (text: string) =>
  text.includes('__') &&
  (DANGEROUS_TEXT.test(text) ||
    DANGEROUS_TEXT.test([...text].reverse().join('')));
