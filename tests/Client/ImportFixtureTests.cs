using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using CsvHelper;
using Fulfillment.Ordering;
using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Client;

/// <summary>
/// The first lines of the real history, checked against a count of them that knows none of the import's code.
/// </summary>
public sealed partial class ImportFixtureTests
{
    const string Fixture = "datasets/online-retail/online-retail-2010-12-01_2011-08-31.csv.gz";
    const int Lines = 30_000;

    [SkippableFact]
    public async Task The_real_history_ties()
    {
        var path = Fixtures.Find(Fixture);
        Skip.If(path is null, Fixtures.Missing(Fixture));
        using TempFolder folder = new();
        var data = Path.Combine(folder.Path, "data");
        var file = ImportFiles.Beginning(folder.Path, path, Lines);
        var result = await ImportProcess.Run("online-retail", file, "--data", data, "--json");
        Assert.True(result.ExitCode == 0, result.Errors);

        Assert.Equal(Lines, result.Number("read"));
        Assert.Equal(Lines, result.Applied + result.Quarantined.Values.Sum());
        var sold = Read(file).Where(l => l.IsSale).ToList();
        Assert.Equal(sold.Count, result.Number("applied/orders"));
        Assert.Equal(sold.Sum(l => l.Quantity), result.Number("units/ordered"));
        Assert.Equal(sold.Sum(l => l.Quantity * l.Price) * 100, result.Number("ordered/amount"));
        Assert.Equal(sold.DistinctBy(l => l.Invoice).Count(), result.Number("orders"));

        await using var state = await ImportedState.Open(data);
        var stock = state.Server.Views.Stock.List("default", null, 10_000).Items;
        Assert.Equal(sold.Select(l => l.Sku).Distinct().Order(StringComparer.Ordinal), stock.Select(s => s.Sku));
        Assert.Equal(sold.Sum(l => l.Quantity) - result.Number("units/cancelled"), stock.Sum(s => s.Committed));
        Assert.Equal(result.Number("units/received") - result.Number("units/corrected"), stock.Sum(s => s.OnHand));

        // Every unit that was ordered is committed or cancelled, product by product.
        Dictionary<string, long> units = stock.ToDictionary(s => s.Sku, s => s.Committed);
        foreach (var id in state.Orders())
            foreach (var line in (await state.Seat.Order(id).Get())!.Lines) units[line.Line.Sku] += line.Cancelled;
        Assert.All(units, u => Assert.Equal(sold.Where(l => l.Sku == u.Key).Sum(l => l.Quantity), u.Value));
    }

    static IEnumerable<(string Invoice, string Sku, long Quantity, decimal Price, bool IsSale)> Read(string path)
    {
        using GZipStream gzip = new(File.OpenRead(path), CompressionMode.Decompress);
        using var csv = CsvReader.Create(gzip);
        while (csv.Read())
        {
            var (invoice, code) = (csv.GetString(0), csv.GetString(1).ToUpperInvariant());
            var (quantity, price) = (csv.Parse<long>(3), csv.Parse<decimal>(5, CultureInfo.InvariantCulture));
            var isSale = char.IsDigit(invoice[0]) && quantity > 0 && price > 0 && Goods().IsMatch(code);
            yield return (invoice, code, quantity, price, isSale);
        }
    }

    [GeneratedRegex("^([0-9]{5}[A-Z]{0,2}|DCGS.+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Goods();
}
