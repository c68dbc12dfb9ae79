namespace Fulfillment.Client.Import;

/// <summary>
/// A lot of units to be received so that the history can be sold. <c>Number</c>: the SKU's lots from 1.
/// </summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Number">The first one also defines the SKU.</param>
/// <param name="Units">How many.</param>
/// <param name="First">The line that sells it first, for the card.</param>
sealed record Lot(string Sku, int Number, int Units, HistoryLine First);

/// <summary>
/// The stock that the history needs. It tells what was sold and not what was bought; so before an order takes what was
/// not received yet, a lot is received, each twice the one before. The lots depend on the lines before them only: a
/// history that is read again, or further, receives nothing twice.
/// </summary>
sealed class Lots
{
    const int FirstLot = 128, MaxLot = 1 << 30;

    readonly Dictionary<string, Supply> _supplies = [];

    /// <summary>Whether the history sold it before.</summary>
    public bool Has(string sku) => _supplies.ContainsKey(sku);

    /// <summary>So many more units leave: the lots to be received first.</summary>
    public IEnumerable<Lot> For(HistoryLine line, int units)
    {
        if (!_supplies.TryGetValue(line.Sku, out var supply)) _supplies.Add(line.Sku, supply = new());
        supply.Needed += units;
        while (supply.Received < supply.Needed)
        {
            supply.Count++;
            var lot = (int)Math.Min(MaxLot, (long)FirstLot << Math.Min(supply.Count - 1, 30));
            supply.Received += lot;
            yield return new(line.Sku, supply.Count, lot, line);
        }
    }

    sealed class Supply
    {
        public int Count { get; set; }

        public long Needed { get; set; }

        public long Received { get; set; }
    }
}
