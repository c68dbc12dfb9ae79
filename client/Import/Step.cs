using System.Collections.Immutable;
using System.Diagnostics;

namespace Fulfillment.Client.Import;

/// <summary>A line of an order, with its id there.</summary>
readonly record struct SoldLine(string Id, HistoryLine Line);

/// <summary>A line of a cancellation, and the units that it takes from earlier orders.</summary>
sealed record CancelledLine(HistoryLine Line, ImmutableArray<TakenUnits> Taken);

/// <summary>
/// One thing to do for the history. A step that was done is known by its ids when it is done again. Every line of the
/// history is in one step, but for lots, which are in none.
/// </summary>
abstract record Step
{
    /// <summary>The lines in it.</summary>
    public IEnumerable<HistoryLine> Lines => this switch
    {
        Receive => [],
        Sell s => s.Sold.Select(l => l.Line),
        Cancel s => s.Cancelled.Select(l => l.Line),
        Correct s => [s.Line],
        Keep s => [s.Line],
        _ => throw new UnreachableException(),
    };

    /// <summary>Receives a lot, and defines the SKU with the first one.</summary>
    public sealed record Receive(Lot Lot) : Step;

    /// <summary>Places an order.</summary>
    public sealed record Sell(string Order, ImmutableArray<SoldLine> Sold) : Step;

    /// <summary>Cancels units of earlier orders.</summary>
    public sealed record Cancel(string Id, ImmutableArray<CancelledLine> Cancelled) : Step
    {
        /// <summary>The orders that units are taken from.</summary>
        public IEnumerable<string> Orders => Cancelled.SelectMany(l => l.Taken).Select(t => t.Order).Distinct();
    }

    /// <summary>Corrects the stock by the line's quantity.</summary>
    public sealed record Correct(string Id, HistoryLine Line) : Step;

    /// <summary>Keeps a line that does not fit.</summary>
    public sealed record Keep(HistoryLine Line, Misfit Misfit) : Step;
}
