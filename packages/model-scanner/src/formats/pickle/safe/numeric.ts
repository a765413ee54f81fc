/** Functions that estimators keep, of arrays and nothing else. */
const FUNCTIONS = `
  mean median sum min max amin amax std var average prod any all ptp add subtract
  multiply divide true_divide floor_divide power mod remainder exp exp2 expm1 log
  log2 log10 log1p sqrt square cbrt absolute fabs sin cos tan arcsin arccos arctan
  arctan2 sinh cosh tanh arcsinh arccosh arctanh sign reciprocal negative maximum
  minimum rint floor ceil trunc isnan isfinite isinf hypot deg2rad rad2deg logaddexp
  nan_to_num ravel reshape clip round around squeeze`
  .trim()
  .split(/\s+/);

const HOMES = [
  'numpy',
  'numpy.core._multiarray_umath',
  'numpy._core._multiarray_umath',
  'numpy.core.fromnumeric',
  'numpy._core.fromnumeric',
];

/**
 * numpy and scipy. Not here: the distributions of scipy.stats, whose objects run
 * a text of their state (`_parse_arg_template`) when they are rebuilt.
 */
export const NUMERIC = `
  numpy.ndarray numpy.dtype numpy.ma.core.MaskedArray numpy.ma.core._mareconstruct
  numpy.ma.MaskedArray numpy.rec.recarray numpy.rec.record numpy.matrixlib.defmatrix.matrix
  numpy.matrix numpy.recarray numpy.record numpy.poly1d numpy.lib.polynomial.poly1d
  numpy.core.multiarray._reconstruct numpy._core.multiarray._reconstruct
  numpy.core.multiarray.scalar numpy._core.multiarray.scalar
  numpy.core.numeric._frombuffer numpy._core.numeric._frombuffer
  numpy.random._pickle.__randomstate_ctor numpy.random._pickle.__generator_ctor
  numpy.random._pickle.__bit_generator_ctor numpy.random._mt19937.MT19937
  numpy.random._pcg64.PCG64 numpy.random._pcg64.PCG64DXSM numpy.random._philox.Philox
  numpy.random._sfc64.SFC64 numpy.random.bit_generator.SeedSequence
  numpy.random._bit_generator.SeedSequence
  numpy.random.bit_generator.__pyx_unpickle_SeedSequence
  ${HOMES.flatMap(home => FUNCTIONS.map(name => `${home}.${name}`)).join(' ')}
  scipy.interpolate._interpolate.interp1d scipy.interpolate.interpolate.interp1d
  scipy.interpolate._interpolate.interp1d._call_linear
  scipy.interpolate._interpolate.interp1d._call_linear_np
  scipy.interpolate._interpolate.interp1d._call_nearest
  scipy.interpolate._interpolate.interp1d._call_spline
  scipy.interpolate._bsplines.BSpline
  scipy.spatial._ckdtree.cKDTree scipy.spatial.ckdtree.cKDTree
  scipy.spatial._kdtree.KDTree scipy.spatial.kdtree.KDTree
  scipy.spatial.transform._rotation.Rotation
  scipy.stats._kde.gaussian_kde scipy.stats.kde.gaussian_kde
  scipy.optimize._optimize.OptimizeResult scipy.optimize.optimize.OptimizeResult`;

export const NUMERIC_PATTERNS = [
  /^numpy\.(bool_?|u?int(8|16|32|64|p|c)?|u?(byte|short|long|longlong)|float(16|32|64|128)|half|single|double|longdouble|complex(64|128|256)|str_|bytes_|void|object_|datetime64|timedelta64)$/,
  /^numpy\.(_?core\.)?dtypes?(\[[a-z0-9_]+\]|\.[A-Za-z0-9]+DType)$/,
  /^numpy\.polynomial\.(polynomial\.Polynomial|chebyshev\.Chebyshev|legendre\.Legendre|hermite(_e)?\.Hermite(E)?|laguerre\.Laguerre)$/,
  /^scipy\.sparse\.(_?(arrays|bsr|coo|csc|csr|dia|dok|lil)\.)?(bsr|coo|csc|csr|dia|dok|lil)_(matrix|array)$/,
];
