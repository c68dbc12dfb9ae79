using System.Text;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Client;

/// <summary>What becomes of each kind of line of a history.</summary>
public sealed class ImportRulesTests(ImportRulesTests.History history) : IClassFixture<ImportRulesTests.History>
{
    /// <summary>A history with one of everything, imported.</summary>
    public sealed class History : IAsyncLifetime, IAsyncDisposable
    {
        public static readonly (string Line, string Reason)[] Misfits =
        [
            ("only,seven,columns,1,2010-12-01 08:26:00,2.55,17850.0", "malformed-line"),
            ("536400,22100,\"never closed,1,2010-12-01 08:26:00,2.55,17850.0,France", "malformed-line"),
            ("536400,22100,a\"b,1,2010-12-01 08:26:00,2.55,17850.0,France", "malformed-line"),
            ("536400,22100,bell\a,1,2010-12-01 08:26:00,2.55,17850.0,France", "malformed-line"),
            ("", "malformed-line"),
            ("X536400,22100,MUG,1,2010-12-01 08:26:00,2.55,17850.0,France", "bad-invoice-number"),
            ("C,22100,MUG,1,2010-12-01 08:26:00,2.55,17850.0,France", "bad-invoice-number"),
            ("536401,22100,MUG,0,2010-12-01 08:26:00,2.55,17850.0,France", "bad-quantity"),
            ("536401,22100,MUG,1.5,2010-12-01 08:26:00,2.55,17850.0,France", "bad-quantity"),
            ("536401,22100,MUG,2147483648,2010-12-01 08:26:00,2.55,17850.0,France", "bad-quantity"),
            ("536401,22100,MUG,1,2010-13-01 08:26:00,2.55,17850.0,France", "bad-date"),
            ("536401,22100,MUG,1,2010-12-01 08:26:00,two,17850.0,France", "bad-price"),
            ("536401,22100,MUG,1,2010-12-01 08:26:00,NaN,17850.0,France", "bad-price"),
            ("536401,22100,MUG,1,2010-12-01 08:26:00,2.55,17850.5,France", "bad-customer"),
            ("536401,22100,MUG,1,2010-12-01 08:26:00,2.55,.0,France", "bad-customer"),
            ("A536402,B,Adjust bad debt,1,2010-12-01 08:26:00,11062.06,,United Kingdom", "accounting-entry"),
            ("536401,POST,POSTAGE,1,2010-12-01 08:26:00,18.0,17850.0,France", "not-a-product"),
            ("536401,gift_0001_40,Voucher £40.00,1,2010-12-01 08:26:00,34.04,,France", "not-a-product"),
            ("C536403,D,Discount,-1,2010-12-01 08:26:00,27.5,17850.0,France", "not-a-product"),
            ("536401,22100,MUG,1,2010-12-01 08:26:00,0.001,17850.0,France", "price-not-in-pence"),
            ("536401,22100,MUG,1,2010-12-01 08:26:00,-2.55,17850.0,France", "price-negative"),
            ("536401,22100,MUG,1,2010-12-01 08:26:00,0.0,17850.0,France", "price-zero"),
            ("536401,22100,MUG,-1,2010-12-01 08:26:00,2.55,17850.0,France", "quantity-negative"),
            ("536401,22100,MUG,-1,2010-12-01 08:26:00,0.0,17850.0,France", "quantity-negative"),
            ("536404,99999,never sold,-1,2010-12-01 08:26:00,0.0,,United Kingdom", "nothing-to-correct"),
            ("C536403,22100,MUG,1,2010-12-01 08:26:00,2.55,17850.0,France", "cancellation-not-negative"),
            ("C536403,22100,MUG,-1,2010-12-01 08:26:00,2.55,,France", "cancellation-without-customer"),
            ("C536403,22100,MUG,-1,2010-12-01 08:26:00,2.55,11111.0,France", "cancellation-without-order"),
        ];

        static readonly string[] Lines =
        [
            // An order in summer time, with quotes, a lower-case code, and lines that stand apart.
            "500001,85123a,\"HEART, \"\"WHITE\"\" \",6,2011-06-01 08:26:00,2.55,17850.0,United Kingdom",
            "500002,22100,MUG,3,2011-01-05 10:00:00,1.1,,EIRE",
            "500001,22101,TEA,1,2011-06-01 08:26:00,10.0,17850.0,United Kingdom",
            "500001,POST,POSTAGE,1,2011-06-01 08:26:00,18.0,17850.0,United Kingdom",
            "500001,22102,JAR,2,2011-06-01 08:26:00,0.42,17850.0,United Kingdom",
            "500001,22102,JAR,2,2011-06-01 08:26:00,0.42,12345.0,United Kingdom",
            // Three orders of one customer and product, and cancellations of it.
            "500010,33001,CUP,10,2011-01-05 10:00:00,1.0,10001.0,Channel Islands",
            "500011,33001,CUP,4,2011-01-06 10:00:00,1.0,10001.0,Channel Islands",
            "500011,33001,CUP,3,2011-01-06 10:00:00,1.0,10001.0,Channel Islands",
            "500012,33001,CUP,2,2011-01-07 10:00:00,1.0,10001.0,Channel Islands",
            "500013,33001,CUP,50,2011-01-07 10:00:00,1.0,10002.0,Channel Islands",
            "C500020,33001,CUP,-5,2011-01-08 10:00:00,1.0,10001.0,Channel Islands",
            "C500021,33001,CUP,-13,2011-01-09 10:00:00,1.0,10001.0,Channel Islands",
            "C500022,33001,CUP,-2,2011-01-10 10:00:00,1.0,10001.0,Channel Islands",
            "500014,33001,CUP,9,2011-01-11 10:00:00,1.0,10001.0,Channel Islands",
            // Losses, one of them told by somebody with a name.
            "500030,33001,alan smith damaged it,-7,2011-01-12 10:00:00,0.0,,United Kingdom",
            "500031,33001,,-3,2011-01-12 10:00:00,0.0,,United Kingdom",
        ];

        readonly TempFolder _folder = new();

        public Imported Result { get; private set; } = null!;

        public ImportedState State { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            var data = Path.Combine(_folder.Path, "data");
            // Text in Latin-1 among text in UTF-8.
            var latin = Encoding.Latin1.GetBytes("500040,44001,CAFÉ £5,1,2011-01-12 10:00:00,5.0,,France\n");
            var lines = Lines.Concat(Misfits.Select(m => m.Line)).Prepend(ImportFiles.Header).Select(l => l + "\n");
            var text = Encoding.UTF8.GetBytes(string.Concat(lines));
            var file = ImportFiles.Of(_folder.Path, [.. text, .. latin]);
            Result = await ImportProcess.Run("online-retail", file, "--data", data, "--json");
            Assert.True(Result.ExitCode == 0, Result.Errors);
            State = await ImportedState.Open(data);
        }

        Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

        public async ValueTask DisposeAsync()
        {
            if (State is not null) await State.DisposeAsync();
            _folder.Dispose();
        }
    }

    [Fact]
    public void Every_line_is_applied_or_in_quarantine()
    {
        var (applied, quarantined) = (history.Result.Applied, history.Result.Quarantined.Values.Sum());
        Assert.Equal(History.Misfits.Length + 18, history.Result.Number("read"));
        Assert.Equal(history.Result.Number("read"), applied + quarantined);
        Assert.Equal(0, history.Result.Number("notApplied"));
        Assert.Equal(quarantined, history.State.Quarantine().Count);
    }

    [Fact]
    public async Task A_line_that_does_not_fit_is_in_quarantine_with_its_reason_as_it_was()
    {
        var kept = new List<(string, string)>();
        foreach (var row in history.State.Quarantine())
            kept.Add((await history.State.TextOf(row), row.Defects.Single().Code));
        Assert.Superset(History.Misfits.ToHashSet(), kept.ToHashSet());
        Assert.All(
            History.Misfits.CountBy(m => m.Reason), m => Assert.True(history.Result.Quarantined[m.Key] >= m.Value));
    }

    [Fact]
    public async Task An_invoice_is_an_order_with_its_goods_in_exact_pence_at_the_time_on_the_shops_clock()
    {
        var order = await Order("500001");
        Assert.Equal(
            [("1", "85123A", 6, 255), ("2", "22101", 1, 1000), ("4", "22102", 2, 42)],
            order.Placed.Lines.Select(l => (l.Id, l.Sku, l.Quantity, (int)l.UnitPrice!.Value.AmountMinor)));
        Assert.Equal(new Money((6 * 255) + 1000 + 84, "GBP"), order.Placed.Total);
        Assert.Equal(new DateTimeOffset(2011, 6, 1, 7, 26, 0, TimeSpan.Zero), order.Placed.OrderedAt);
        Assert.Equal(OrderStatus.Allocated, order.Status);
        Assert.Equal("online-retail", order.Placed.Channel);
        Assert.Equal(110, (await Order("500002")).Lines[0].Line.UnitPrice!.Value.AmountMinor);
        Assert.Equal(new DateTimeOffset(2011, 1, 5, 10, 0, 0, TimeSpan.Zero), (await Order("500002")).Placed.OrderedAt);
    }

    [Fact]
    public async Task The_customer_is_personal_data()
    {
        var order = await Order("500001");
        var json = Encoding.UTF8.GetString((await history.State.Server.Cluster.Keyring.Open(order.Placed.Buyer!))!);
        Assert.Equal("""{"customer":{"id":"17850"},"shipTo":{"country":"GB"}}""", json);
        Assert.Equal(new Destination("GB", null), order.Placed.ShipTo);
        Assert.Equal("IE", (await Order("500002")).Placed.ShipTo!.Country);

        // A place without a code is kept with what is known of the buyer.
        var islander = await Order("500013");
        Assert.Null(islander.Placed.ShipTo);
        json = Encoding.UTF8.GetString((await history.State.Server.Cluster.Keyring.Open(islander.Placed.Buyer!))!);
        Assert.Equal("""{"customer":{"id":"10002"},"other":{"country":"Channel Islands"}}""", json);
    }

    [Fact]
    public void Nothing_in_the_journal_names_a_customer_or_quotes_what_somebody_typed()
    {
        var payloads = history.State.Server.Journal.Read(0, 100_000)
            .Select(e => Encoding.UTF8.GetString(e.Payload.ToArray())).ToList();
        Assert.NotEmpty(payloads);
        Assert.DoesNotContain(payloads, p => p.Contains("17850", StringComparison.Ordinal));
        Assert.DoesNotContain(payloads, p => p.Contains("alan", StringComparison.Ordinal));
        var movements = history.State.Server.Views.Stock.Movements("default", "33001", null, 100).Items;
        Assert.Equal(
            [("500030-1", -7, "stock correction: damaged"), ("500031-1", -3, "stock correction: no reason given")],
            movements.Where(m => m.Type == "adjustment").Select(m => (m.Id, (int)m.Quantity, m.Reason)).Order());
    }

    [Fact]
    public async Task A_line_of_another_customer_is_not_in_the_order()
    {
        Assert.Equal(1, history.Result.Quarantined["other-customer"]);
        Assert.DoesNotContain((await Order("500001")).Lines, l => l.Line.Id == "5");
    }

    [Fact]
    public async Task A_cancellation_takes_from_the_newest_earlier_order_with_enough_units_or_else_from_several()
    {
        // 5 of 500011, the newest that has so many, first line first; then 13: 2 of 500012, 2 of 500011, and 9 of
        // 500010.
        Assert.Equal("2", await Cancelled("500012"));
        Assert.Equal("4, 3", await Cancelled("500011"));
        Assert.Equal("9", await Cancelled("500010"));
        Assert.Equal("0", await Cancelled("500013"));
        Assert.Equal("0", await Cancelled("500014"));
        Assert.Equal(1, history.Result.Quarantined["cancellation-exceeds-orders"]);
        Assert.Equal(OrderStatus.Cancelled, (await Order("500012")).Status);
        Assert.Equal(OrderStatus.Allocated, (await Order("500010")).Status);
        Assert.Equal(18, history.Result.Number("units/cancelled"));
    }

    [Fact]
    public async Task Stock_is_what_was_received_less_what_was_lost_and_orders_have_their_part_committed()
    {
        var stock = await history.State.Seat.Sku("33001").Stock();
        Assert.Equal(128 - 10, stock.OnHand);
        Assert.Equal(10 + 7 + 2 + 50 + 9 - 18, stock.Committed);
        Assert.Equal(stock.OnHand - stock.Committed, stock.Available);
        Assert.Equal(0, stock.Held);
        Assert.Equal("CUP", stock.Card!.Title);
        Assert.Equal(new Money(100, "GBP"), stock.Card.Price);
        Assert.Equal(["ONLINE-RETAIL"], stock.Nodes.Select(n => n.Node));
    }

    [Fact]
    public async Task Titles_are_read_in_either_encoding_and_without_quotes()
    {
        Assert.Equal("CAFÉ £5", (await history.State.Seat.Sku("44001").Stock()).Card!.Title);
        Assert.Equal("HEART, \"WHITE\"", (await history.State.Seat.Sku("85123A").Stock()).Card!.Title);
    }

    async Task<OrderReply> Order(string id) => (await history.State.Seat.Order(id).Get())!;

    async Task<string> Cancelled(string id) => string.Join(", ", (await Order(id)).Lines.Select(l => l.Cancelled));
}
