namespace Fulfillment.Client.Import;

/// <summary>
/// Why a line of a history is not applied but kept in quarantine. The words of the codes are these, in kebab case.
/// </summary>
enum Misfit
{
    /// <summary>Not eight columns, or broken quotes, or control characters.</summary>
    MalformedLine,

    /// <summary>Not digits, with a C or an A before them where it is a cancellation or an accounting entry.</summary>
    BadInvoiceNumber,

    /// <summary>Not a whole number, zero, or beyond a million.</summary>
    BadQuantity,

    /// <summary>Not a date and time.</summary>
    BadDate,

    /// <summary>Not a decimal number, or beyond ten million.</summary>
    BadPrice,

    /// <summary>Not digits.</summary>
    BadCustomer,

    /// <summary>An entry of the accounts (A invoices: bad debt), not goods.</summary>
    AccountingEntry,

    /// <summary>Postage, fees, discounts, vouchers, manual entries: nothing that is on stock.</summary>
    NotAProduct,

    /// <summary>A fraction of a penny, which money in minor units cannot say.</summary>
    PriceNotInPence,

    /// <summary>Below zero.</summary>
    PriceNegative,

    /// <summary>Free goods, or goods found: nobody says which, and units must not be promised on a guess.</summary>
    PriceZero,

    /// <summary>
    /// Negative on an ordinary invoice, with a price or a customer: neither a sale nor a correction of stock.
    /// </summary>
    QuantityNegative,

    /// <summary>
    /// A correction of stock of a product that this history has not sold yet, so that there is no stock to correct.
    /// </summary>
    NothingToCorrect,

    /// <summary>A cancellation of a positive quantity.</summary>
    CancellationNotNegative,

    /// <summary>A cancellation without a customer: whose order it belongs to cannot be told.</summary>
    CancellationWithoutCustomer,

    /// <summary>The customer has no earlier order of the product in this history.</summary>
    CancellationWithoutOrder,

    /// <summary>The customer's earlier orders of the product have not so many units left.</summary>
    CancellationExceedsOrders,

    /// <summary>Another customer than the first line of the invoice.</summary>
    OtherCustomer,

    /// <summary>The invoice has more lines than an order may have.</summary>
    TooManyLines,

    /// <summary>The server has something else under this id.</summary>
    IdTaken,

    /// <summary>Stock did not cover the order: somebody else took units that were received for it.</summary>
    SoldOut,

    /// <summary>The order of the units was not taken in, so nothing of it can be cancelled.</summary>
    OrderNotApplied,

    /// <summary>The units have left, or were cancelled otherwise, since.</summary>
    TooLateToCancel,

    /// <summary>The order was cancelled from, shipped and paid so often that it takes no more.</summary>
    TooManyOperations,

    /// <summary>The stock is not there, or orders hold it.</summary>
    StockRefused,
}

/// <summary>What users read about misfits.</summary>
static class Misfits
{
    static readonly Dictionary<Misfit, string> Codes =
        Enum.GetValues<Misfit>().ToDictionary(m => m, m => Views.Words.Kebab($"{m}"));

    /// <summary>The stable code.</summary>
    public static string Code(this Misfit misfit) => Codes[misfit];

    /// <summary>The column to look at.</summary>
    public static string Column(this Misfit misfit) => misfit switch
    {
        Misfit.MalformedLine => "",
        Misfit.BadInvoiceNumber or Misfit.AccountingEntry or Misfit.TooManyLines or Misfit.IdTaken
            or Misfit.OrderNotApplied or Misfit.TooManyOperations => "InvoiceNo",
        Misfit.NotAProduct or Misfit.NothingToCorrect or Misfit.CancellationWithoutOrder => "StockCode",
        Misfit.BadQuantity or Misfit.QuantityNegative or Misfit.CancellationNotNegative
            or Misfit.CancellationExceedsOrders or Misfit.SoldOut or Misfit.TooLateToCancel or Misfit.StockRefused
            => "Quantity",
        Misfit.BadDate => "InvoiceDate",
        Misfit.BadPrice or Misfit.PriceNotInPence or Misfit.PriceNegative or Misfit.PriceZero => "UnitPrice",
        Misfit.BadCustomer or Misfit.CancellationWithoutCustomer or Misfit.OtherCustomer => "CustomerID",
    };

    /// <summary>In words.</summary>
    public static string Words(this Misfit misfit) => misfit switch
    {
        Misfit.MalformedLine => "the line has not eight columns, or broken quotes, or control characters",
        Misfit.BadInvoiceNumber => "must be up to 20 digits, with C before them for a cancellation",
        Misfit.BadQuantity => "must be a whole number, not 0, up to a million",
        Misfit.BadDate => "must be a date and time such as 2010-12-01 08:26:00",
        Misfit.BadPrice => "must be a decimal number up to ten million",
        Misfit.BadCustomer => "must be digits, or empty",
        Misfit.AccountingEntry => "an accounting entry moves no goods",
        Misfit.NotAProduct => "postage, a fee, a discount, a voucher or a manual entry is not a product on stock",
        Misfit.PriceNotInPence => "must be whole pence",
        Misfit.PriceNegative => "must not be negative",
        Misfit.PriceZero => "free goods, or goods found? somebody has to say",
        Misfit.QuantityNegative => "negative without being a cancellation or a correction of stock",
        Misfit.NothingToCorrect => "a correction of stock that this history has not sold from yet",
        Misfit.CancellationNotNegative => "a cancellation takes a negative quantity",
        Misfit.CancellationWithoutCustomer => "a cancellation without a customer belongs to no order",
        Misfit.CancellationWithoutOrder => "the customer has no earlier order of it in this history",
        Misfit.CancellationExceedsOrders => "the customer's earlier orders have not so many units of it left",
        Misfit.OtherCustomer => "not the customer of the invoice's first line",
        Misfit.TooManyLines => $"an order may have {Ordering.Order.MaxLines} lines",
        Misfit.IdTaken => "something else has this id",
        Misfit.SoldOut => "stock did not cover the order",
        Misfit.OrderNotApplied => "the order to cancel from was not taken in",
        Misfit.TooLateToCancel => "the units have left, or were cancelled otherwise",
        Misfit.TooManyOperations =>
            $"an order takes {Ordering.Order.MaxOperations} cancellations, shipments and payments",
        Misfit.StockRefused => "so many units are not there, or orders hold them",
    };
}
