namespace Fulfillment.Client.Import;

/// <summary>
/// What became of the lines. The lines read are counted where they are read, the others where their step is done: that
/// the two agree at the end says that no line was lost, nor counted twice.
/// </summary>
sealed class Totals
{
    readonly Lock _lock = new();
    readonly SortedDictionary<Misfit, long> _quarantined = [];
    long _read;

    /// <summary>Lines read.</summary>
    public long Read => Interlocked.Read(ref _read);

    /// <summary>Lines that are in orders.</summary>
    public long Ordered { get; private set; }

    /// <summary>Lines that cancelled units of orders.</summary>
    public long Cancelled { get; private set; }

    /// <summary>Lines that corrected the stock.</summary>
    public long Corrected { get; private set; }

    /// <summary>Lines in quarantine.</summary>
    public long Quarantined { get; private set; }

    /// <summary>Orders.</summary>
    public long Orders { get; private set; }

    /// <summary>Orders, cancellations and corrections that an earlier run had applied already.</summary>
    public long Repeated { get; private set; }

    /// <summary>SKUs that the history sold.</summary>
    public long Skus { get; private set; }

    /// <summary>Units received, ordered, cancelled and taken off stock.</summary>
    public (long Received, long Ordered, long Cancelled, long Corrected) Units { get; private set; }

    /// <summary>What the orders come to, in pence.</summary>
    public long OrderedPence { get; private set; }

    /// <summary>Lines that are done.</summary>
    public long Done
    {
        get { lock (_lock) return Ordered + Cancelled + Corrected + Quarantined; }
    }

    /// <summary>Whether every line read was applied or is in quarantine.</summary>
    public bool Tie => Read == Done && Quarantined == _quarantined.Values.Sum();

    /// <summary>Lines in quarantine by why.</summary>
    public IReadOnlyDictionary<Misfit, long> ByMisfit => _quarantined;

    /// <summary>A line was read.</summary>
    public void CountRead() => Interlocked.Increment(ref _read);

    public void CountOrder(Step.Sell step, bool repeated)
    {
        lock (_lock)
        {
            Orders++;
            Ordered += step.Sold.Length;
            if (repeated) Repeated++;
            Units = Units with { Ordered = Units.Ordered + step.Lines.Sum(l => (long)l.Quantity) };
            OrderedPence += step.Lines.Sum(l => (long)l.Quantity * l.Pence);
        }
    }

    public void CountCancelled(HistoryLine line, bool repeated)
    {
        lock (_lock)
        {
            Cancelled++;
            if (repeated) Repeated++;
            Units = Units with { Cancelled = Units.Cancelled - line.Quantity };
        }
    }

    public void CountCorrected(HistoryLine line, bool repeated)
    {
        lock (_lock)
        {
            Corrected++;
            if (repeated) Repeated++;
            Units = Units with { Corrected = Units.Corrected - line.Quantity };
        }
    }

    public void CountReceived(Lot lot)
    {
        lock (_lock)
        {
            if (lot.Number == 1) Skus++;
            Units = Units with { Received = Units.Received + lot.Units };
        }
    }

    /// <summary>An earlier run did the step as it was planned.</summary>
    public void CountAgain(Step step)
    {
        if (step is Step.Receive received) CountReceived(received.Lot);
        else if (step is Step.Sell sold) CountOrder(sold, repeated: true);
        else if (step is Step.Correct corrected) CountCorrected(corrected.Line, repeated: true);
        else if (step is Step.Keep kept) CountQuarantined(kept.Misfit);
        else foreach (var line in step.Lines) CountCancelled(line, repeated: true);
    }

    public void CountQuarantined(Misfit misfit)
    {
        lock (_lock)
        {
            Quarantined++;
            _quarantined[misfit] = _quarantined.GetValueOrDefault(misfit) + 1;
        }
    }
}
