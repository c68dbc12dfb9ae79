using System.Globalization;
using CsvHelper;
using Fulfillment.Screening;
using Fulfillment.Tests.Support;

namespace Fulfillment.Bench.Fraud;

/// <summary>An order, or a sign-up, of a history. <c>Fraud</c>: null where nobody has said.</summary>
public sealed record Happening(
    string Id, DateTimeOffset At, Signals Signals, Money? Amount, bool? Fraud);

/// <summary>
/// Labelled histories: synthetic data of the samples of Amazon Fraud Detector. Card orders name 163 currencies at
/// random for buyers of one country, so all amounts are taken for US dollars; sign-ups have no amounts. Their texts
/// serve as pseudonyms here, where nothing is kept.
/// </summary>
static class FraudHistory
{
    const string Folder = "datasets/fraud", Orders = "transactions-part1.csv", SignUps = "registrations-part1.csv";
    const double DegreesPerHour = 15;

    /// <summary>Why there is nothing to measure; null when there is.</summary>
    public static string? Missing => Fixtures.Find($"{Folder}/{Orders}") is null ? Fixtures.Missing(Folder) : null;

    /// <summary>Card orders in the order of time; some are labelled.</summary>
    public static IReadOnlyList<Happening> ReadOrders() => Read(Orders, row => new(
        row["EVENT_ID"], Time(row["EVENT_TIMESTAMP"]),
        new(
            EmailKey: row["customer_email"].ToLowerInvariant(), IpKey: row["ip_address"],
            AddressKey: $"{row["billing_street"]}, {row["billing_zip"]}",
            CardKey: $"{row["card_bin"]} {row["ENTITY_ID"]}", BillingCountry: row["billing_country"],
            LocalHour: HourAt(Time(row["EVENT_TIMESTAMP"]), row["billing_longitude"])),
        new Money((long)(decimal.Parse(row["order_price"], CultureInfo.InvariantCulture) * 100), "USD"),
        row["EVENT_LABEL"] is { Length: > 0 } label ? label == "1" : null));

    /// <summary>Sign-ups in the order of time; all are labelled.</summary>
    public static IReadOnlyList<Happening> ReadSignUps() => Read(SignUps, row => new(
        $"{row["EVENT_TIMESTAMP"]} {row["ip_address"]} {row["email_address"]}", Time(row["EVENT_TIMESTAMP"]),
        new(EmailKey: row["email_address"], IpKey: row["ip_address"]), null, row["EVENT_LABEL"] == "fraud"));

    static List<Happening> Read(string name, Func<Dictionary<string, string>, Happening> happening)
    {
        using var text = File.OpenRead(Fixtures.Find($"{Folder}/{name}")!);
        using var rows = CsvReader.Create(text, new() { HasHeader = false }, leaveOpen: false);
        rows.Read();
        string[] header = [.. Enumerable.Range(0, rows.FieldCount).Select(rows.GetString)];
        List<Happening> read = [];
        while (rows.Read())
            read.Add(happening(header.Select((field, i) => (field, rows.GetString(i))).ToDictionary()));
        return [.. read.OrderBy(h => h.At)];
    }

    static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>The sun's hour at a longitude, near enough to the clock's.</summary>
    static int HourAt(DateTimeOffset at, string longitude) =>
        at.AddHours(double.Parse(longitude, CultureInfo.InvariantCulture) / DegreesPerHour).Hour;
}
