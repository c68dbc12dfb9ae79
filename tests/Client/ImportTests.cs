using System.Diagnostics;
using System.IO.Compression;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Client;

/// <summary>A made-up history of 20,000 lines: its totals, and what a second run does.</summary>
public sealed class ImportTests(ImportTests.Generated generated) : IClassFixture<ImportTests.Generated>
{
    /// <summary>The history, as a file and imported once.</summary>
    public sealed class Generated : IAsyncLifetime, IAsyncDisposable
    {
        public const int Lines = 20_000;

        readonly TempFolder _folder = new();

        public string Folder => _folder.Path;

        public string File => Path.Combine(_folder.Path, "made-up.csv.gz");

        public string Data => Path.Combine(_folder.Path, "data");

        public Imported First { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            var written = await ImportProcess.Run("--generate", $"{Lines}", "--seed", "5", "--write", File);
            Assert.True(written.ExitCode == 0, written.Errors);
            First = await ImportProcess.Run("online-retail", File, "--data", Data, "--json");
            Assert.True(First.ExitCode == 0, First.Errors);
        }

        Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

        public ValueTask DisposeAsync()
        {
            _folder.Dispose();
            return default;
        }
    }

    [Fact]
    public void The_totals_tie_to_the_file()
    {
        var first = generated.First;
        Assert.True(first.Json.GetProperty("ties").GetBoolean());
        Assert.True(first.Json.GetProperty("complete").GetBoolean());
        Assert.Equal(Generated.Lines, first.Number("read"));
        Assert.Equal(Generated.Lines, first.Applied + first.Quarantined.Values.Sum());
        Assert.Equal(0, first.Number("repeated"));
        Assert.True(first.Number("events") > Generated.Lines);
    }

    [Fact]
    public void A_made_up_history_has_everything_that_is_odd_about_a_real_one()
    {
        string[] odd = [
            "not-a-product", "price-zero", "nothing-to-correct", "cancellation-without-customer",
            "cancellation-without-order", "cancellation-exceeds-orders",
        ];
        Assert.All(odd, reason => Assert.True(generated.First.Quarantined.GetValueOrDefault(reason) > 0, reason));
        // About as often: 97% of the lines of the real one are in orders, 1.4% cancel, 0.24% correct the stock.
        Assert.InRange(generated.First.Number("applied/orders"), 19_200, 19_700);
        Assert.InRange(generated.First.Number("applied/cancellations"), 150, 450);
        Assert.InRange(generated.First.Number("applied/corrections"), 20, 120);
    }

    [Fact]
    public async Task What_does_not_fit_is_listed_with_its_reason()
    {
        await using var state = await ImportedState.Open(await Copy("listed"));
        var listed = state.Quarantine().CountBy(q => q.Defects.Single().Code)
            .ToDictionary(c => c.Key, c => (long)c.Value);
        Assert.Equal(generated.First.Quarantined.OrderBy(r => r.Key), listed.OrderBy(r => r.Key));
        Assert.All(state.Quarantine(), q => Assert.Equal("open", q.Status));
    }

    [Fact]
    public async Task The_totals_are_what_the_orders_and_the_stock_say()
    {
        await using var state = await ImportedState.Open(await Copy("totals"));
        Assert.Equal(generated.First.Number("orders"), state.Orders().Count);
        Assert.Equal(generated.First.Number("skus"), state.Skus().Count);
        var stock = state.Server.Views.Stock.List("default", null, 10_000).Items;
        var first = generated.First;
        Assert.Equal(first.Number("units/received") - first.Number("units/corrected"), stock.Sum(s => s.OnHand));
        Assert.Equal(first.Number("units/ordered") - first.Number("units/cancelled"), stock.Sum(s => s.Committed));
        Assert.Equal(0, stock.Sum(s => s.Held));
    }

    [Fact]
    public async Task A_second_run_writes_nothing_and_tells_the_same_totals()
    {
        var data = await Copy("again");
        var again = await ImportProcess.Run("online-retail", generated.File, "--data", data, "--json");
        Assert.Equal(0, again.ExitCode);
        Assert.Equal(0, again.Number("events"));
        Assert.True(again.Number("repeated") > 0);
        Assert.Equal(generated.First.Totals, again.Totals);
        Assert.Equal(await ImportedState.Of(generated.Data), await ImportedState.Of(data));
    }

    [Fact]
    public async Task A_made_up_history_is_the_same_from_its_file_and_from_its_seed()
    {
        var data = await Copy("seed");
        string[] command = ["--generate", $"{Generated.Lines}", "--seed", "5", "--data", data, "--json"];
        var direct = await ImportProcess.Run(command);
        Assert.Equal(0, direct.ExitCode);
        Assert.Equal(0, direct.Number("events"));
        Assert.Equal(generated.First.Totals, direct.Totals);
    }

    [Fact]
    public async Task A_history_that_has_grown_goes_on_where_it_ended()
    {
        // The second half is read after the first one is in: the same as reading all at once, but for the invoice that
        // the first file cut in two, which is another order now and waits in quarantine.
        using TempFolder folder = new();
        var data = Path.Combine(folder.Path, "data");
        var half = ImportFiles.Beginning(folder.Path, generated.File, Whole());
        Assert.Equal(0, (await ImportProcess.Run("online-retail", half, "--data", data, "--json")).ExitCode);
        var rest = await ImportProcess.Run("online-retail", generated.File, "--data", data, "--json");
        Assert.Equal(0, rest.ExitCode);
        Assert.Equal(generated.First.Totals, rest.Totals);
        Assert.Equal(await ImportedState.Of(generated.Data), await ImportedState.Of(data));
    }

    [Fact]
    public async Task An_order_that_has_the_id_already_is_left_alone_and_the_invoice_waits_in_quarantine()
    {
        using TempFolder folder = new();
        var data = Path.Combine(folder.Path, "data");
        var mine = ImportFiles.Of(folder.Path, "600001,22100,MUG,1,2011-01-05 10:00:00,1.0,10001.0,France");
        Assert.Equal(0, (await ImportProcess.Run("online-retail", mine, "--data", data, "--json")).ExitCode);
        var theirs = ImportFiles.Of(
            folder.Path, "600001,22100,MUG,5,2011-01-05 10:00:00,1.0,10001.0,France",
            "C600002,22100,MUG,-1,2011-01-06 10:00:00,1.0,10001.0,France");
        for (var run = 0; run < 2; run++)
        {
            var other = await ImportProcess.Run("online-retail", theirs, "--data", data, "--json");
            Assert.Equal(0, other.ExitCode);
            Assert.Equal(1, other.Quarantined["id-taken"]);
            Assert.Equal(1, other.Quarantined["order-not-applied"]);
            Assert.Equal(0, other.Applied);
        }

        await using var state = await ImportedState.Open(data);
        var order = await state.Seat.Order("600001").Get();
        Assert.Equal((1, 0), (order!.Lines.Single().Line.Quantity, order.Lines.Single().Cancelled));
        Assert.Equal(2, state.Quarantine().Count);
    }

    [Fact]
    public async Task What_was_done_to_orders_and_stock_since_is_respected()
    {
        using TempFolder folder = new();
        var data = Path.Combine(folder.Path, "data");
        string[] first =
        [
            // Long enough that the second file is the same history.
            .. Enumerable.Range(0, 2_000).Select(n => $"{n} is no line of the history, and there are many such lines"),
            "600001,22100,MUG,100,2011-01-05 10:00:00,1.0,10001.0,France",
            "600002,22200,CUP,100,2011-01-05 10:00:00,1.0,10001.0,France",
        ];
        var file = ImportFiles.Of(folder.Path, first);
        Assert.Equal(0, (await ImportProcess.Run("online-retail", file, "--data", data, "--json")).ExitCode);
        await using (var state = await ImportedState.Open(data))
        {
            // Each lot has 128 units: the other 28 leave otherwise, and the first order is shipped.
            foreach (var sku in new[] { "22100", "22200" })
            {
                var left = await state.Seat.Sku(sku).Adjust("gone", "ONLINE-RETAIL", -28, "gone");
                Assert.Equal(MoveStatus.Done, left.Status);
            }

            var shipped = await state.Seat.Order("600001").Ship(new("s", 1, [], null, null));
            Assert.Equal(FulfilStatus.Done, shipped.Status);
        }

        file = ImportFiles.Of(
            folder.Path, [
                .. first, "C600003,22100,MUG,-1,2011-01-06 10:00:00,1.0,10001.0,France",
                "600004,22200,CUP,20,2011-01-06 10:00:00,1.0,10002.0,France",
                "C600005,22200,CUP,-20,2011-01-07 10:00:00,1.0,10002.0,France",
                "600006,22200,lost,-5,2011-01-07 10:00:00,0.0,,France",
                "C600007,22200,CUP,-3,2011-01-07 10:00:00,1.0,10001.0,France",
            ]);
        for (var run = 0; run < 2; run++)
        {
            var more = await ImportProcess.Run("online-retail", file, "--data", data, "--json");
            Assert.True(more.ExitCode == 0, more.Errors);
            string[] refused = ["order-not-applied", "sold-out", "stock-refused", "too-late-to-cancel"];
            Assert.All(refused, reason => Assert.Equal(1, more.Quarantined[reason]));
            Assert.Equal((2, 1), (more.Number("applied/orders"), more.Number("applied/cancellations")));
            Assert.Equal(0, more.Number("applied/corrections"));
        }

        await using var after = await ImportedState.Open(data);
        Assert.Equal(0, (await after.Seat.Order("600001").Get())!.Lines[0].Cancelled);
        Assert.Equal(3, (await after.Seat.Order("600002").Get())!.Lines[0].Cancelled);
        Assert.Equal(OrderStatus.Rejected, (await after.Seat.Order("600004").Get())!.Status);
        Assert.Equal(2_004, after.Quarantine().Count);
    }

    [SkippableFact]
    public async Task A_history_goes_into_PostgreSQL_as_well()
    {
        var postgres = PostgresServer.Instance;
        Skip.If(postgres.Missing is not null, postgres.Missing);
        using TempFolder folder = new();
        string[] where = ["--data", folder.Path, "--postgres", postgres.NewDatabase()];
        string[] command = ["--generate", "2000", "--json", .. where];
        var first = await ImportProcess.Run(command);
        Assert.True(first.ExitCode == 0, first.Errors);
        Assert.Equal(2_000, first.Number("read"));
        var again = await ImportProcess.Run(command);
        Assert.Equal((0, 0), (again.ExitCode, again.Number("events")));
        Assert.Equal(first.Totals, again.Totals);
    }

    [SkippableFact]
    public async Task A_full_disk_ends_it_and_when_there_is_room_it_goes_on()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no limit on the size of files.");
        using TempFolder folder = new();
        string[] command = ["online-retail", generated.File, "--json", "--data", folder.Path];
        var full = await ImportProcess.RunWithin(8 << 10, command);
        Assert.Equal(3, full.ExitCode);
        Assert.Matches("^The journal .*. What was applied stays; the same command goes on from there.$", full.Errors);
        Assert.False(full.Json.GetProperty("complete").GetBoolean());

        var resumed = await ImportProcess.Run(command);
        Assert.Equal(0, resumed.ExitCode);
        Assert.Equal(generated.First.Totals, resumed.Totals);
        Assert.Equal(await ImportedState.Of(generated.Data), await ImportedState.Of(folder.Path));
    }

    [SkippableFact]
    public async Task Stopped_by_Ctrl_C_it_says_so_and_goes_on_later()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows cannot send Ctrl-C to one process.");
        using TempFolder folder = new();
        string[] command = ["online-retail", generated.File, "--json", "--data", folder.Path];
        using var process = ImportProcess.Start(command);
        // It stands ready: on a busy machine the import may be over before a process has started.
        using var kill = Process.Start(new ProcessStartInfo("sh", ["-c", $"read _; kill -INT {process.Id}"])
        {
            RedirectStandardInput = true,
            UseShellExecute = false,
        })!;
        while (!System.IO.File.Exists(Path.Combine(folder.Path, "journal.db"))) Assert.False(process.WaitForExit(5));
        kill.StandardInput.WriteLine();
        await kill.WaitForExitAsync();
        var stopped = await ImportProcess.End(process);

        Assert.Equal(1, stopped.ExitCode);
        var done = stopped.Applied + stopped.Quarantined.Values.Sum();
        Assert.Equal($"Stopped after {done} lines. The same command goes on from there.", stopped.Errors);
        Assert.InRange(done, 0, Generated.Lines - 1);
        var resumed = await ImportProcess.Run(command);
        Assert.Equal(0, resumed.ExitCode);
        Assert.Equal(generated.First.Totals, resumed.Totals);
        Assert.Equal(await ImportedState.Of(generated.Data), await ImportedState.Of(folder.Path));
    }

    /// <summary>About half of the lines, so that no invoice is cut.</summary>
    int Whole()
    {
        using GZipStream gzip = new(System.IO.File.OpenRead(generated.File), CompressionMode.Decompress);
        using StreamReader text = new(gzip);
        var invoices = text.ReadToEnd().Split('\n').Skip(1).Select(l => l.Split(',')[0]).ToList();
        return Enumerable.Range(Generated.Lines / 2, 1_000).First(n => !invoices.Skip(n).Contains(invoices[n - 1]));
    }

    /// <summary>The data, copied: tests run side by side, and a folder belongs to one process.</summary>
    async Task<string> Copy(string name)
    {
        var copy = Directory.CreateDirectory(Path.Combine(generated.Folder, name)).FullName;
        foreach (var file in Directory.GetFiles(generated.Data).Where(f => Path.GetFileName(f) != "lock"))
        {
            await using var from = System.IO.File.OpenRead(file);
            await using var to = System.IO.File.Create(Path.Combine(copy, Path.GetFileName(file)));
            await from.CopyToAsync(to);
        }

        return copy;
    }
}
