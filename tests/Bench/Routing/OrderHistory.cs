using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using CsvHelper;
using Fulfillment.Inventory;
using Fulfillment.Tests.Support;

namespace Fulfillment.Bench.Routing;

/// <summary>An order to be planned: where it goes, and what of each SKU, by SKU.</summary>
sealed record PastOrder(
    DateTimeOffset At, string Country, double Latitude, double Longitude,
    ImmutableArray<(string Sku, int Units)> Lines);

/// <summary>
/// Orders as they were placed with a British wholesaler in 2010 and 2011; made up from a seed where that history is not
/// here. It tells no weights: each SKU has one of its own.
/// </summary>
sealed class OrderHistory
{
    const string File = "datasets/online-retail/online-retail-2010-12-01_2011-08-31.csv.gz";
    const int MadeUpSkus = 2_000;

    readonly Dictionary<string, long> _values = [];

    OrderHistory()
    {
    }

    /// <summary>Where it is from.</summary>
    public string Source { get; private init; } = "";

    /// <summary>In the order of time.</summary>
    public IReadOnlyList<PastOrder> Orders { get; private set; } = [];

    /// <summary>The first so many.</summary>
    public static OrderHistory Read(int orders)
    {
        OrderHistory history = new()
        {
            Source = Fixtures.Find(File) is null ? "a made-up history" : "Online Retail",
        };
        history.Orders = Fixtures.Find(File) is { } path ? history.FromFile(path, orders) : history.MadeUp(orders);
        return history;
    }

    /// <summary>What is told of a SKU.</summary>
    public ProductFacts Product(string sku) => new(
        60 + (int)(uint)(Fingerprint.Of(sku) & 0x3FF), ValueMinor: _values.GetValueOrDefault(sku));

    List<PastOrder> FromFile(string path, int count)
    {
        Dictionary<string, (DateTimeOffset At, string Country, Dictionary<string, int> Lines)> orders = [];
        using GZipStream text = new(System.IO.File.OpenRead(path), CompressionMode.Decompress);
        using var rows = CsvReader.Create(text, new() { HasHeader = false }, leaveOpen: false);
        rows.Read();
        while (rows.Read())
        {
            var (number, sku, country) = (rows.GetString(0), rows.GetString(1), rows.GetString(7));
            // Numbers of what was cancelled begin with a letter; what is sold by the piece has a number.
            if (number.Any(c => !char.IsAsciiDigit(c)) || !sku.Any(char.IsAsciiDigit)) continue;
            if (!int.TryParse(rows.GetString(3), CultureInfo.InvariantCulture, out var units) || units <= 0) continue;
            if (!Countries.All.ContainsKey(country)) continue;
            if (!orders.TryGetValue(number, out var order))
            {
                if (orders.Count == count) continue;
                var at = DateTime.Parse(rows.GetString(4), CultureInfo.InvariantCulture);
                orders[number] = order = (new(at, TimeSpan.Zero), country, []);
            }

            order.Lines[sku] = order.Lines.GetValueOrDefault(sku) + units;
            _values[sku] = (long)(decimal.Parse(rows.GetString(5), CultureInfo.InvariantCulture) * 100);
        }

        return [.. orders.Values.OrderBy(o => o.At).Select(o => Order(o.At, o.Country, o.Lines))];
    }

    List<PastOrder> MadeUp(int count)
    {
        Random chance = new(2011);
        for (var s = 0; s < MadeUpSkus; s++) _values[$"S{s:0000}"] = 50 + chance.Next(1_500);
        DateTimeOffset at = new(2010, 12, 1, 8, 0, 0, TimeSpan.Zero);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            at = at.AddMinutes(chance.Next(80));
            var country = chance.Next(10) > 0 ? "United Kingdom"
                : Countries.All.Keys.ElementAt(chance.Next(Countries.All.Count));
            Dictionary<string, int> lines = [];
            for (var line = 1 + chance.Next(40); line > 0; line--)
            {
                // Few SKUs make most of the sales.
                var sku = (int)(MadeUpSkus * Math.Pow(chance.NextDouble(), 3));
                lines[$"S{sku:0000}"] = 1 + chance.Next(24);
            }

            return Order(at, country, lines);
        })];
    }

    static PastOrder Order(DateTimeOffset at, string country, Dictionary<string, int> lines)
    {
        var (code, latitude, longitude) = Countries.All[country];
        return new(at, code, latitude, longitude, [.. lines.OrderBy(l => l.Key, StringComparer.Ordinal)
            .Select(l => (l.Key, l.Value))]);
    }
}
