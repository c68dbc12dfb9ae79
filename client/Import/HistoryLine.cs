namespace Fulfillment.Client.Import;

/// <summary>What an invoice of the history is.</summary>
enum InvoiceKind
{
    /// <summary>A sale.</summary>
    Sale,

    /// <summary>A cancellation: its number begins with C.</summary>
    Cancellation,

    /// <summary>An entry of the accounts: its number begins with A.</summary>
    Accounting,
}

/// <summary>A line of the history, read and checked by itself.</summary>
/// <param name="Number">Its number, from 1, without the header.</param>
/// <param name="Raw">As it is in the file, in UTF-8.</param>
sealed record HistoryLine(long Number, byte[] Raw)
{
    /// <summary>The invoice's number, with its letter; null when the line tells none.</summary>
    public string? Invoice { get; init; }

    /// <summary>What the invoice is.</summary>
    public InvoiceKind Kind { get; init; }

    /// <summary>The stock code as our SKU: upper case.</summary>
    public string Sku { get; init; } = "";

    /// <summary>The description, blanks trimmed.</summary>
    public string Title { get; init; } = "";

    /// <summary>Units; negative for cancellations and corrections.</summary>
    public int Quantity { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The price of a unit in pence.</summary>
    public int Pence { get; init; }

    /// <summary>The customer's number; null when there is none.</summary>
    public string? Customer { get; init; }

    /// <summary>The country by its English name.</summary>
    public string Country { get; init; } = "";

    /// <summary>What is wrong with it; null for a line that can be understood.</summary>
    public Misfit? Misfit { get; init; }

    /// <summary>A loss of units without a buyer: damaged, lost, thrown away, miscounted.</summary>
    public bool IsCorrection => Kind == InvoiceKind.Sale && Quantity < 0 && Pence == 0 && Customer is null;
}
