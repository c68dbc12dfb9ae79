namespace Fulfillment.Routing;

/// <summary>
/// One way of a leg, in so many parcels (0: in as many as it takes), and what it costs at least: <c>AtLeastMinor</c>,
/// and <c>GramRate</c> for each gram, beside labour and duty.
/// </summary>
readonly record struct LegWay(RouteOption Option, int Time, long Parcels, long AtLeastMinor, long GramRate)
{
    /// <summary>What the leg may weigh.</summary>
    public long MostGrams => Parcels == 0 ? long.MaxValue : Parcels * Option.MaxGrams;
}

/// <summary>
/// Lower bounds of legs that are sums over their units, so that each line can be placed by itself. A leg of <c>w</c>
/// grams begins at least <c>w / 1000</c> kilograms, and one; and fills <c>w / g</c> parcels of <c>g</c> grams, and one.
/// <para>
/// Where all goods weigh a kilogram at most, the kilogram is a fixed cost of a leg. Else what every node charges for
/// one is counted over all goods together, which are whole kilograms again, and the rest by weight. Parcels are a fixed
/// cost of a leg, and those that all goods need beyond one for each leg are counted together; where they are many, part
/// of their cost (of <c>max(1, x) &gt;= f + (1 - f) x</c>, whatever <c>f</c> from 0 to 1) is counted by weight.
/// </para>
/// </summary>
sealed class RouteRates
{
    /// <summary>Rates are this many parts of a minor unit.</summary>
    public const long Scale = 100_000;

    const long Whole = 1_000, MaxParcels = 3;

    readonly RouteTable _table;
    readonly bool _isLight;
    readonly long _flat, _mostGrams, _leastParcel;
    readonly long[] _atLeast, _gramRates;

    /// <summary>For a table that has its lines, nodes and pins, and goods of that weight in all.</summary>
    public RouteRates(RouteTable table, long grams)
    {
        _table = table;
        _isLight = grams <= 1000;
        (_atLeast, _gramRates) = (new long[table.Nodes.Length], new long[table.Nodes.Length]);
        (SharedKilogramMinor, _leastParcel) = (long.MaxValue, long.MaxValue);
        foreach (var (_, option) in All())
        {
            _mostGrams = Math.Max(_mostGrams, option.MaxGrams);
            SharedKilogramMinor = Math.Min(SharedKilogramMinor, option.KilogramMinor);
            _leastParcel = Math.Min(_leastParcel, option.ParcelMinor);
        }

        if (_isLight || SharedKilogramMinor == long.MaxValue) SharedKilogramMinor = 0;
        _flat = _mostGrams == long.MaxValue || grams <= 2 * _mostGrams ? Whole : Whole * 2 * _mostGrams / grams;
        for (var n = 0; n < _atLeast.Length; n++)
        {
            (_atLeast[n], _gramRates[n]) = (long.MaxValue, long.MaxValue);
            for (var time = table.Base[n].Time; time < table.TimeCount; time++)
            {
                foreach (var option in table.Ways(n, time))
                {
                    var way = Of(n, option, time);
                    _atLeast[n] = Math.Min(_atLeast[n], way.AtLeastMinor);
                    _gramRates[n] = Math.Min(_gramRates[n], way.GramRate);
                }
            }

            if (_atLeast[n] == long.MaxValue) (_atLeast[n], _gramRates[n]) = (0, 0);
        }
    }

    /// <summary>What a kilogram costs at any node at least, where it is counted over all goods together.</summary>
    public long SharedKilogramMinor { get; }

    /// <summary>What a leg from the node costs at least, with what is pinned there.</summary>
    public long AtLeast(int node) => _atLeast[node];

    /// <summary>What a unit adds there at least.</summary>
    public long Of(int node, long unitMinor, int grams) => unitMinor * Scale + _gramRates[node] * grams;

    /// <summary>Whether each number of a way's parcels, for goods of that weight at most, is tried by itself.</summary>
    public bool Counts(RouteOption option, long grams) =>
        _flat == Whole && option.ParcelMinor > 0 && option.MaxGrams < grams && grams / option.MaxGrams < MaxParcels;

    /// <summary>
    /// A way with its own bounds, in so many parcels where that is said. Without <paramref name="shared"/>, what a
    /// kilogram costs at all nodes of a plan.
    /// </summary>
    public LegWay Of(int node, RouteOption option, int time, long parcels = 0, long? shared = null)
    {
        var load = _table.Base[node];
        var isOne = option.MaxGrams == long.MaxValue;
        var minor = _table.FixedMinor(node) + _table.Day(node, time).BalanceMinor + option.LateMinor + load.UnitMinor
            + (isOne ? option.ParcelMinor : option.ParcelMinor * _flat / Whole * Math.Max(1, parcels));
        var rate = isOne ? 0 : option.ParcelMinor * (Whole - _flat) * Scale / Whole / option.MaxGrams;
        if (_isLight) minor += option.KilogramMinor;
        else rate += (option.KilogramMinor - (shared ?? SharedKilogramMinor)) * (Scale / 1000);
        return new(option, time, parcels, minor + rate * load.Grams / Scale, rate);
    }

    /// <summary>
    /// What a plan costs at least that uses so many nodes, which cost <paramref name="atLeast"/> together and by being
    /// many, with units of these rates and goods of that weight in all, pinned ones among them.
    /// </summary>
    public long Minor(int nodes, long atLeast, long rates, long grams) =>
        Minor(nodes, atLeast, rates, grams, SharedKilogramMinor) + ParcelsMinor(nodes, grams);

    /// <summary>The same without parcels beyond one for each, when a kilogram costs at least that.</summary>
    public long Minor(int nodes, long atLeast, long rates, long grams, long kilogramMinor)
    {
        var minor = atLeast + (rates + Scale - 1) / Scale;
        return _isLight ? minor : minor + kilogramMinor * Math.Max(nodes, RouteOption.Kilograms(grams));
    }

    /// <summary>Of what a bound counts for parcels beyond one a node, what another node takes away.</summary>
    public long SparedMinor(int nodes, long grams) => Parcels(nodes, grams) > 0 ? _leastParcel : 0;

    /// <summary>What a bound counts for parcels beyond one for each node.</summary>
    public long ParcelsMinor(int nodes, long grams) => _leastParcel * Parcels(nodes, grams);

    long Parcels(int nodes, long grams) => _flat < Whole || _mostGrams is 0 or long.MaxValue
        ? 0 : Math.Max(0, (grams + _mostGrams - 1) / _mostGrams - nodes);

    IEnumerable<(int Node, RouteOption Option)> All()
    {
        for (var n = 0; n < _table.Nodes.Length; n++)
        {
            for (var time = _table.Base[n].Time; time < _table.TimeCount; time++)
                foreach (var option in _table.Ways(n, time)) yield return (n, option);
        }
    }
}
