using System.Collections.Immutable;

namespace Fulfillment.Client.Import;

/// <summary>
/// Makes steps of lines. A pure function of the history: whatever was done before, the same lines give the same steps
/// with the same ids, and that alone makes it safe to stop anywhere and begin again.
/// </summary>
sealed class Planner(Survey survey)
{
    readonly InvoiceWindow _window = new();
    readonly Lots _lots = new();
    readonly OpenUnits _units = new(survey.Cancelled);

    /// <summary>
    /// The steps for the lines. What may go on in lines that cannot be read (reading throws) gives no step, as an order
    /// with half of its lines would be another order.
    /// </summary>
    public IEnumerable<Step> Plan(IEnumerable<HistoryLine> lines)
    {
        foreach (var line in lines)
        {
            if (line.Invoice is null)
            {
                yield return new Step.Keep(line, line.Misfit!.Value);
                continue;
            }

            foreach (var invoice in _window.Add(line))
                foreach (var step in Plan(invoice)) yield return step;
        }

        foreach (var invoice in _window.End())
            foreach (var step in Plan(invoice)) yield return step;
    }

    IEnumerable<Step> Plan(Invoice invoice)
    {
        if (invoice.IsTooLong)
            return invoice.TakeLines().Select(l => new Step.Keep(l, l.Misfit ?? Misfit.TooManyLines));
        return invoice.Kind == InvoiceKind.Cancellation ? Cancel(invoice) : Sell(invoice);
    }

    IEnumerable<Step> Sell(Invoice invoice)
    {
        var sold = ImmutableArray.CreateBuilder<SoldLine>();
        for (var i = 0; i < invoice.Lines.Count; i++)
        {
            var line = invoice.Lines[i];
            var misfit = line.Misfit;
            if (misfit is null && !line.IsCorrection && sold.Count > 0 && sold[0].Line.Customer != line.Customer)
                misfit = Misfit.OtherCustomer;
            if (misfit is not null) yield return new Step.Keep(line, misfit.Value);
            else if (line.IsCorrection)
                foreach (var step in Correct($"{invoice.Number}-{i + 1}", line)) yield return step;
            else sold.Add(new($"{i + 1}", line));
        }

        if (sold.Count == 0) yield break;
        foreach (var (_, line) in sold)
            foreach (var lot in _lots.For(line, line.Quantity)) yield return new Step.Receive(lot);
        yield return new Step.Sell(invoice.Number, sold.ToImmutable());
        foreach (var (id, line) in sold) _units.Add(invoice.Number, id, line);
    }

    IEnumerable<Step> Correct(string id, HistoryLine line)
    {
        if (!_lots.Has(line.Sku))
        {
            yield return new Step.Keep(line, Misfit.NothingToCorrect);
            yield break;
        }

        foreach (var lot in _lots.For(line, -line.Quantity)) yield return new Step.Receive(lot);
        yield return new Step.Correct(id, line);
    }

    IEnumerable<Step> Cancel(Invoice invoice)
    {
        var cancelled = ImmutableArray.CreateBuilder<CancelledLine>();
        foreach (var line in invoice.Lines)
        {
            var (taken, misfit) = line.Misfit is { } wrong ? ([], wrong) : _units.Take(line);
            if (misfit is not null) yield return new Step.Keep(line, misfit.Value);
            else cancelled.Add(new(line, taken));
        }

        if (cancelled.Count > 0) yield return new Step.Cancel(invoice.Number, cancelled.ToImmutable());
    }
}
