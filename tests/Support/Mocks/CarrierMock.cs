using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Fulfillment.Tests.Support;

/// <summary>A label that a mock has sold; its format is PDF, ZPL or GIF.</summary>
public sealed record MockLabel(string Carrier, string Service, string Number, string Format, JsonNode To);

/// <summary>
/// A carrier in this process: gives out access tokens, keeps what was bought, and may be told to answer something else.
/// Every call, its query and headers are compared with the published document.
/// </summary>
public abstract partial class CarrierMock : ProviderMock
{
    public const string Client = "client-1", Secret = "very-secret", Account = "A1B2C3";

    /// <summary>The day that the prices and stories of the mocks begin: those of another are moved to it.</summary>
    static readonly DateOnly Monday = new(2026, 11, 30);

    readonly Dictionary<string, DateOnly> _shipOn = [];
    readonly ConcurrentDictionary<string, int> _steps = [];

    /// <summary>Bought shipments: by number the reference or key they were bought under; void ones are gone.</summary>
    protected Dictionary<string, string> Bought { get; } = [];

    /// <summary>How often something was bought under each reference or key.</summary>
    public ConcurrentDictionary<string, int> Purchases { get; } = [];

    /// <summary>Draws a label; null: a few bytes in which its number stands.</summary>
    public Func<MockLabel, byte[]>? Draw { get; set; }

    /// <summary>How much has happened to shipments of which nothing else was said; all of the story.</summary>
    public int Steps { get; set; } = int.MaxValue;

    /// <summary>So many of the events of its story have happened to a shipment.</summary>
    public void Reach(string number, int steps) => _steps[number] = steps;

    /// <summary>How many access tokens were given out; the last is good.</summary>
    public int Tokens { get; private set; }

    public MockCall? Last { get; private set; }

    /// <summary>Of all that was said of shipments since the start, oldest first.</summary>
    public ConcurrentQueue<MockCall> Said { get; } = [];

    /// <summary>Answers instead of the mock; null goes on.</summary>
    public Func<MockCall, MockAnswer?>? Instead { get; set; }

    /// <summary>Tokens that were given out are no good any more.</summary>
    public void Revoke() => Tokens += 100;

    protected override bool ComparesParameters => true;

    protected virtual string TokenPath => "";

    protected virtual string Seconds => "14399";

    protected abstract MockAnswer Answer(MockCall call);

    protected abstract MockAnswer Refuse(int status, string code, string says);

    /// <summary>
    /// What the document demands in words alone, of some parcels and not of others: its code, and which field.
    /// </summary>
    protected virtual (string Code, string Says)? Demand(MockCall call) => null;

    protected virtual bool MayHaveToken(MockCall call) =>
        (string?)call.Body["client_id"] == Client && (string?)call.Body["client_secret"] == Secret;

    protected override MockAnswer? Unauthorised(MockCall call) =>
        (call.Path == TokenPath ? MayHaveToken(call) : call.Header("Authorization") == $"Bearer token-{Tokens}")
            ? null : Refuse(401, "NOT.AUTHORIZED.ERROR", "Invalid credentials");

    protected override string? KeyOf(MockCall call) => null;

    protected override MockAnswer OtherContent() => throw new NotSupportedException();

    protected override JsonObject Trouble(int status) =>
        Refuse(status, "trouble", "It did not go well.").Body!;

    protected override MockAnswer Do(MockCall call)
    {
        if (call.Path == TokenPath)
        {
            Tokens++;
            return new(200, Json($$"""
                {"access_token":"token-{{Tokens}}","token_type":"Bearer","expires_in":{{Seconds}} }
                """));
        }

        Last = call;
        Said.Enqueue(call);
        if (Instead?.Invoke(call) is { } instead) return instead;
        return Demand(call) is { } missing ? Refuse(400, missing.Code, missing.Says) : Answer(call);
    }

    protected static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();

    /// <summary>The number of the next shipment.</summary>
    protected int Next => Effects.Count(e => e == "buy") + 1;

    protected MockAnswer Buy(string number, string reference, DateOnly shipOn, MockAnswer answer)
    {
        (Bought[number], _shipOn[number]) = (reference, shipOn);
        Purchases.AddOrUpdate(reference, 1, (_, times) => times + 1);
        Effects.Add("buy");
        return answer;
    }

    protected static string Text(JsonNode? at, params ReadOnlySpan<string> path)
    {
        foreach (var name in path) at = at?[name];
        return (string?)at ?? "";
    }

    /// <summary>Dollars out of the United States, else euros.</summary>
    protected static string CurrencyOf(string country) => country == "US" ? "USD" : "EUR";

    /// <summary>The day that a text begins with: 20261130 or 2026-11-30.</summary>
    protected static DateOnly Day(string text) => DateOnly.ParseExact(
        text.Length > 8 ? text[..10] : text, ["yyyyMMdd", "yyyy-MM-dd"], CultureInfo.InvariantCulture,
        DateTimeStyles.None);

    /// <summary>A text about that Monday, told of another day.</summary>
    protected static string Moved(string told, DateOnly to) => Days().Replace(told, day =>
    {
        var format = day.Value.Contains('-', StringComparison.Ordinal) ? "yyyy-MM-dd" : "yyyyMMdd";
        return Day(day.Value).AddDays(to.DayNumber - Monday.DayNumber).ToString(format, CultureInfo.InvariantCulture);
    });

    /// <summary>
    /// What has happened to a shipment so far: <paramref name="told"/> moved to its day, of <paramref name="events"/>
    /// as many as were reached, from the oldest on.
    /// </summary>
    protected JsonObject Story(string number, string told, Func<JsonObject, JsonArray> events, bool oldestFirst = false)
    {
        var story = Json(Moved(told, _shipOn[number]));
        var (list, steps) = (events(story), _steps.TryGetValue(number, out var reached) ? reached : Steps);
        while (list.Count > steps) list.RemoveAt(oldestFirst ? list.Count - 1 : 0);
        return story;
    }

    /// <summary>A label in base 64.</summary>
    protected string Label(MockLabel label) => Convert.ToBase64String(Draw?.Invoke(label) ?? (label.Format switch
    {
        "ZPL" => Encoding.ASCII.GetBytes($"^XA^FO40,40^BY3^BCN,160,Y^FD{label.Number}^FS^XZ"),
        "GIF" => [.. Convert.FromBase64String(Gif)[..^1], 0x21, 0xFE, (byte)label.Number.Length,
            .. Encoding.ASCII.GetBytes(label.Number), 0, 0x3B],
        _ => Encoding.ASCII.GetBytes($"%PDF-1.4\n% {label.Number}\n%%EOF\n"),
    }));

    /// <summary>A GIF that is as small as one can be; a comment in it tells the number.</summary>
    const string Gif = "R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=";

    [GeneratedRegex(
        @"\b2026(?:-1[12]-\d\d|1[12]\d\d)(?=\D|$)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 2_000)]
    private static partial Regex Days();
}
