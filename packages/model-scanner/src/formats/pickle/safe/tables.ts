/** pandas. */
export const TABLES = `
  pandas.core.frame.DataFrame pandas.core.series.Series
  pandas.core.internals.managers.BlockManager
  pandas.core.internals.managers.SingleBlockManager
  pandas.core.internals.blocks.new_block pandas._libs.internals._unpickle_block
  pandas.core.flags.Flags
  pandas.core.indexes.base._new_Index pandas.core.indexes.datetimes._new_DatetimeIndex
  pandas.core.indexes.period._new_PeriodIndex pandas.core.indexes.interval._new_IntervalIndex
  pandas.core.indexes.frozen.FrozenList
  pandas._libs.arrays.__pyx_unpickle_NDArrayBacked
  pandas._libs.interval.Interval pandas._libs.interval.__pyx_unpickle_IntervalMixin
  pandas._libs.missing.NAType pandas._libs.missing.NA pandas._libs.missing._NA
  pandas._libs.sparse.IntIndex pandas._libs.sparse.BlockIndex
  pandas._libs.tslibs.nattype.__nat_unpickle pandas._libs.tslibs.nattype._nat_unpickle
  pandas._libs.tslibs.nattype.NaTType
  pandas._libs.tslibs.timestamps._unpickle_timestamp pandas._libs.tslibs.timestamps.Timestamp
  pandas._libs.tslibs.timedeltas._timedelta_unpickle pandas._libs.tslibs.timedeltas.Timedelta
  pandas._libs.tslibs.period.Period pandas._libs.tslibs.dtypes.PeriodDtypeBase`;

export const TABLES_PATTERNS = [
  /^pandas\.core\.indexes\.(base|category|datetimes|interval|multi|numeric|period|range|timedeltas)\.([A-Z][A-Za-z0-9]*)?Index$/,
  /^pandas\.core\.arrays\.(base|boolean|categorical|datetimes|floating|integer|interval|numpy_|period|string_|timedeltas|sparse|sparse\.array|sparse\.dtype)\.([A-Z][A-Za-z0-9]*(Array|Dtype)|Categorical)$/,
  /^pandas\.core\.dtypes\.dtypes\.[A-Z][A-Za-z0-9]*Dtype$/,
  /^pandas\._libs\.tslibs\.offsets\.(Day|Hour|Minute|Second|Milli|Micro|Nano|(Custom)?Business(Day|Hour|Month(Begin|End))|B?(Month|Quarter|Year)(Begin|End)|Week|WeekOfMonth|SemiMonth(Begin|End)|FY5253(Quarter)?|Easter|DateOffset|LastWeekOfMonth)$/,
];
