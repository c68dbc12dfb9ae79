using System.Globalization;
using Fulfillment.Client.Api;

namespace Fulfillment.Client.Import;

/// <summary>
/// What the columns of a line must be. What a line says of itself is checked here; what it takes to know other lines
/// for is the <see cref="Planner"/>'s.
/// </summary>
static class LineRules
{
    /// <summary>The columns, in order.</summary>
    public static readonly string[] Columns =
        ["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country"];

    /// <summary>The most units of a line.</summary>
    public const int MaxQuantity = 1_000_000;

    const decimal MaxPrice = 10_000_000;
    const int MaxDigits = 20, MaxTitle = 200;
    const NumberStyles DecimalStyle = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    // The published file, and the spreadsheet it came from when saved as CSV.
    static readonly string[] TimeFormats = ["yyyy-MM-dd HH:mm:ss", "M/d/yyyy H:mm", "yyyy-MM-dd'T'HH:mm:ss"];

    /// <summary>The line that the columns say.</summary>
    public static HistoryLine Read(HistoryLine line, ReadOnlySpan<string> columns)
    {
        if (columns.Length != Columns.Length || HasControls(columns))
            return line with { Misfit = Misfit.MalformedLine };
        if (KindOf(columns[0]) is not { } kind) return line with { Misfit = Misfit.BadInvoiceNumber };
        line = line with { Invoice = columns[0], Kind = kind };
        if (kind == InvoiceKind.Accounting) return line with { Misfit = Misfit.AccountingEntry };
        if (!TryQuantity(columns[3], out var quantity)) return line with { Misfit = Misfit.BadQuantity };
        if (!TryTime(columns[4], out var at)) return line with { Misfit = Misfit.BadDate };
        if (!TryPrice(columns[5], out var price)) return line with { Misfit = Misfit.BadPrice };
        if (!TryCustomer(columns[6], out var customer)) return line with { Misfit = Misfit.BadCustomer };
        var pence = price * 100;
        line = line with
        {
            Sku = columns[1].Trim().ToUpperInvariant(),
            Title = TitleOf(columns[2]),
            Quantity = quantity,
            At = LondonTime.ToUtc(at),
            Pence = (int)decimal.Truncate(pence),
            Customer = customer,
            Country = columns[7].Trim(),
        };
        return line with { Misfit = Judge(line, pence) };
    }

    /// <summary>What is wrong with what the line says as a whole; null when nothing is.</summary>
    static Misfit? Judge(HistoryLine line, decimal pence)
    {
        if (!IsProduct(line.Sku)) return Misfit.NotAProduct;
        if (line.Kind == InvoiceKind.Cancellation)
        {
            return line.Quantity > 0 ? Misfit.CancellationNotNegative
                : line.Customer is null ? Misfit.CancellationWithoutCustomer : null;
        }

        if (pence != line.Pence) return Misfit.PriceNotInPence;
        if (line.Pence < 0) return Misfit.PriceNegative;
        if (line.IsCorrection) return null;
        if (line.Quantity < 0) return Misfit.QuantityNegative;
        return line.Pence == 0 ? Misfit.PriceZero : null;
    }

    /// <summary>
    /// Goods have five digits and up to two letters for the variant, or DCGS and a name. Everything else in this
    /// history is a service or a booking: POST, DOT, M, D, S, BANK CHARGES, AMAZONFEE, gift_0001_40 ...
    /// </summary>
    static bool IsProduct(string code) => code.StartsWith("DCGS", StringComparison.Ordinal)
        ? code.Length > 4 && Fields.IsId(code)
        : code.Length is >= 5 and <= 7 && code.AsSpan(0, 5).IndexOfAnyExceptInRange('0', '9') < 0
            && code.AsSpan(5).IndexOfAnyExceptInRange('A', 'Z') < 0;

    static InvoiceKind? KindOf(string invoice)
    {
        if (invoice.Length == 0) return null;
        InvoiceKind? kind = invoice[0] switch
        {
            'C' => InvoiceKind.Cancellation,
            'A' => InvoiceKind.Accounting,
            >= '0' and <= '9' => InvoiceKind.Sale,
            _ => null,
        };
        return kind is not null && IsDigits(invoice.AsSpan(kind == InvoiceKind.Sale ? 0 : 1)) ? kind : null;
    }

    static bool TryQuantity(string column, out int quantity) =>
        int.TryParse(column, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out quantity)
        && quantity is not 0 and >= -MaxQuantity and <= MaxQuantity;

    static bool TryTime(string column, out DateTime at) =>
        DateTime.TryParseExact(column, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out at)
        && at.Year is >= 1970 and <= 9998;

    static bool TryPrice(string column, out decimal price) =>
        decimal.TryParse(column, DecimalStyle, CultureInfo.InvariantCulture, out price)
        && price is >= -MaxPrice and <= MaxPrice;

    /// <summary>The file has numbers as a spreadsheet writes them: 17850.0.</summary>
    static bool TryCustomer(string column, out string? customer)
    {
        var digits = column.AsSpan().Trim();
        if (digits.EndsWith(".0", StringComparison.Ordinal)) digits = digits[..^2];
        customer = digits.IsEmpty ? null : digits.ToString();
        return customer is null ? column.AsSpan().Trim().IsEmpty : IsDigits(digits);
    }

    static bool IsDigits(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= MaxDigits && text.IndexOfAnyExceptInRange('0', '9') < 0;

    static string TitleOf(string description) =>
        description.Trim() is var title && title.Length > MaxTitle ? title[..MaxTitle] : title;

    static bool HasControls(ReadOnlySpan<string> columns)
    {
        foreach (var column in columns)
        {
            foreach (var c in column)
                if (char.IsControl(c)) return true;
        }

        return false;
    }
}
