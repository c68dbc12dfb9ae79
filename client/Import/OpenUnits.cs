using System.Collections.Immutable;

namespace Fulfillment.Client.Import;

/// <summary>Units of a line of an earlier order.</summary>
readonly record struct TakenUnits(string Order, string Line, int Units);

/// <summary>
/// Which earlier order a cancellation belongs to; the history does not say. The rule: of the orders that the customer
/// placed before for the product, the newest that has enough uncancelled units; where none has, the newest first, from
/// as many as it takes. It depends on nothing but the history, so that a second run decides as the first one did.
/// </summary>
/// <param name="wanted">The units that are cancelled somewhere; no others are remembered.</param>
sealed class OpenUnits(IReadOnlySet<long> wanted)
{
    readonly Dictionary<long, List<OpenOrder>> _open = [];

    /// <summary>
    /// The units of one customer and product, as a number. Two of them may share it: that costs time only.
    /// </summary>
    public static long KeyOf(HistoryLine line) => Fingerprint.Of(line.Customer, line.Sku);

    /// <summary>The units of a line were ordered. <paramref name="id"/>: the line's in the order.</summary>
    public void Add(string order, string id, HistoryLine line)
    {
        if (line.Customer is null || !wanted.Contains(KeyOf(line))) return;
        if (!_open.TryGetValue(KeyOf(line), out var orders)) _open.Add(KeyOf(line), orders = []);
        if (orders.Count == 0 || orders[^1].Order != order || !orders[^1].IsOf(line))
            orders.Add(new(order, line.Customer, line.Sku));
        orders[^1].Add(new(order, id, line.Quantity));
    }

    /// <summary>Takes the units that the line cancels; or says why there are none to take.</summary>
    public (ImmutableArray<TakenUnits> Taken, Misfit? Misfit) Take(HistoryLine line)
    {
        if (!_open.TryGetValue(KeyOf(line), out var orders)) return ([], Misfit.CancellationWithoutOrder);
        var taken = ImmutableArray.CreateBuilder<TakenUnits>();
        var units = -line.Quantity;
        if (orders.FindLast(o => o.IsOf(line) && o.Units >= units) is { } enough)
        {
            enough.Take(units, taken);
        }
        else
        {
            if (orders.Where(o => o.IsOf(line)).Sum(o => o.Units) < units)
                return ([], Misfit.CancellationExceedsOrders);
            for (var i = orders.Count - 1; units > 0; i--)
                if (orders[i].IsOf(line)) units -= orders[i].Take(units, taken);
        }

        // A few at the end, where units are taken; the list stays, and says that there was an order once.
        while (orders.Count > 0 && orders[^1].Units == 0) orders.RemoveAt(orders.Count - 1);
        return (taken.ToImmutable(), null);
    }

    sealed class OpenOrder(string order, string customer, string sku)
    {
        readonly List<TakenUnits> _lines = [];

        public string Order => order;

        public long Units { get; private set; }

        public bool IsOf(HistoryLine line) => line.Customer == customer && line.Sku == sku;

        public void Add(TakenUnits line)
        {
            _lines.Add(line);
            Units += line.Units;
        }

        /// <summary>Takes up to so many units, of the first lines first; how many it took.</summary>
        public int Take(int units, ImmutableArray<TakenUnits>.Builder taken)
        {
            var left = units;
            for (var i = 0; i < _lines.Count && left > 0; i++)
            {
                var take = Math.Min(left, _lines[i].Units);
                if (take == 0) continue;
                taken.Add(_lines[i] with { Units = take });
                _lines[i] = _lines[i] with { Units = _lines[i].Units - take };
                left -= take;
            }

            Units -= units - left;
            return units - left;
        }
    }
}
