using Fulfillment.Ordering;

namespace Fulfillment.Client.Import;

/// <summary>
/// An invoice of the history: its lines in the order of the file, each with its place in the invoice, from 1.
/// </summary>
/// <param name="Number">Its number, with its letter.</param>
/// <param name="Kind">What it is.</param>
sealed record Invoice(string Number, InvoiceKind Kind)
{
    /// <summary>The lines; not all of them where it is too long.</summary>
    public List<HistoryLine> Lines { get; private set; } = [];

    /// <summary>It has more lines than an order may have: nothing of it can be applied.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>The number of its last line so far.</summary>
    public long Last { get; private set; }

    /// <summary>Adds its next line.</summary>
    public void Add(HistoryLine line)
    {
        Lines.Add(line);
        Last = line.Number;
        if (Lines.Count > Order.MaxLines) IsTooLong = true;
    }

    /// <summary>Hands out the lines so far and goes on without them.</summary>
    public List<HistoryLine> TakeLines()
    {
        var lines = Lines;
        Lines = [];
        return lines;
    }
}

/// <summary>
/// Puts the lines of an invoice together. They stand together in the file, but not always: an invoice is complete when
/// none of the following lines, of a number of them, belongs to it. Invoices leave in the order of their first lines.
/// </summary>
sealed class InvoiceWindow
{
    /// <summary>How many lines of others may stand between two lines of an invoice.</summary>
    public const int Reach = 100;

    readonly Queue<Invoice> _open = new();
    readonly Dictionary<string, Invoice> _byNumber = [];

    /// <summary>Takes a line and hands out what is complete before it.</summary>
    public IEnumerable<Invoice> Add(HistoryLine line)
    {
        while (_open.TryPeek(out var oldest) && line.Number - oldest.Last > Reach) yield return Close();
        var number = line.Invoice!;
        if (!_byNumber.TryGetValue(number, out var invoice))
        {
            _byNumber.Add(number, invoice = new(number, line.Kind));
            _open.Enqueue(invoice);
        }

        invoice.Add(line);
        // It stays, to know its further lines, but does not keep them.
        if (invoice.IsTooLong) yield return invoice;
    }

    /// <summary>Hands out the rest, at the end of the history.</summary>
    public IEnumerable<Invoice> End()
    {
        while (_open.Count > 0) yield return Close();
    }

    Invoice Close()
    {
        var invoice = _open.Dequeue();
        _byNumber.Remove(invoice.Number);
        return invoice;
    }
}
