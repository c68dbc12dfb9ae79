namespace Fulfillment.Tests.Client;

// The way of parcels. There is no parcel; a form that is wrong is refused before anybody looks for one.
public static partial class BadRequests
{
    static IEnumerable<BadRequest> Tracking()
    {
        const string told = "POST /v1/parcels/p-1/events", close = "POST /v1/parcels/p-1/cases/1/close";
        (string Name, string Json, string Code, string Field)[] rows =
        [
            ("nothing", """{"id":"e"}""", "required", "/events"),
            ("no event", """{"id":"e","events":[]}""", "required", "/events"),
            ("null", """{"id":"e","events":[null]}""", "wrong-type", "/events/0"),
            ("too much", $$"""{"id":"e","events":[{{Numbered(101, _ => Event())}}]}""", "too-many", "/events"),
            ("of no moment", Of("""{"milestone":"delivered"}"""), "required", "/events/0/at"),
            ("of a vague moment", Of(Event("noon")), "bad-time", "/events/0/at"),
            ("of the future", Of(Event("2999-01-01T00:00:00Z")), "out-of-range", "/events/0/at"),
            ("of no milestone", Of("""{"at":"2024-11-30T08:00:00Z"}"""), "required", "/events/0/milestone"),
            ("of a milestone that is none", Of(Event(milestone: "there")), "unknown-value", "/events/0/milestone"),
            ("for a reason that is none", Of(Event(more: ",\"why\":\"bad luck\"")), "unknown-value", "/events/0/why"),
            ("in a long code", Of(Event(more: $",\"code\":\"{Long}\"")), "too-long", "/events/0/code"),
            ("in many words", Of(Event(more: $",\"says\":\"{TenKilobytes}\"")), "too-long", "/events/0/says"),
            ("somewhere long", Of(Event(more: $",\"place\":\"{Long}\"")), "too-long", "/events/0/place"),
            ("with a wish", Of(Event(more: ",\"mood\":\"good\"")), "unknown-field", "/events/0/mood"),
            ("of label 0", $$"""{"id":"e","label":0,"events":[{{Event()}}]}""", "out-of-range", "/label"),
            ("of label 21", $$"""{"id":"e","label":21,"events":[{{Event()}}]}""", "out-of-range", "/label"),
            ("expected some day", """{"id":"e","expected":"soon","events":[]}""", "bad-date", "/expected"),
            ("signed at length", $$"""{"id":"e","signedBy":"{{Long}}","events":[]}""", "too-long", "/signedBy"),
            ("by nobody", $$"""{"id":"e","by":"","events":[{{Event()}}]}""", "bad-id", "/by"),
        ];
        foreach (var (name, json, code, field) in rows)
            yield return Row($"events of a parcel: {name}", told, json, 400, code, field);
        yield return Row("events without an id", told, Of(Event()).Replace("\"id\":\"e\",", "",
            StringComparison.Ordinal), 400, "required", "/id");
        yield return Row("events of no parcel", told, Of(Event()), 404, "unknown-parcel");
        yield return Row("a case that is closed for nothing", close, """{"id":"c"}""", 400, "required", "/resolution");
        yield return Row("a case that is closed at length", close, $$"""{"id":"c","resolution":"{{TenKilobytes}}"}""",
            400, "too-long", "/resolution");
        yield return Row("a case of no parcel", close, """{"id":"c","resolution":"done"}""", 404, "unknown-parcel");
        yield return Row("cases of a status", "GET /v1/parcel-cases?status=shut", (string?)null, 400, "unknown-value",
            "status");
        yield return Row("cases for a reason", "GET /v1/parcel-cases?reason=luck", (string?)null, 400, "unknown-value",
            "reason");
        yield return Row("cases that were told perhaps", "GET /v1/parcel-cases?told=perhaps", (string?)null, 400,
            "unknown-value", "told");
        yield return Row("cases of a node", "GET /v1/parcel-cases?node=a%20b", (string?)null, 400, "bad-id", "node");
        yield return Row("cases from nowhere", "GET /v1/parcel-cases?cursor=x", (string?)null, 400, "bad-cursor",
            "cursor");
        yield return Row("prices that were wrong since some day", "GET /v1/quote-errors?from=2026-11-30", (string?)null,
            400, "bad-time", "from");
        yield return Row("prices that were wrong until before",
            "GET /v1/quote-errors?from=2026-11-30T00:00:00Z&until=2026-11-29T00:00:00Z", (string?)null, 400,
            "out-of-range", "from");
        yield return Row("a webhook of nobody", "POST /v1/webhooks/carriers/pigeon", "{}", 404, "unknown-carrier");

        static string Of(string told) => $$"""{"id":"e","events":[{{told}}]}""";

        static string Event(string at = "2024-11-30T08:00:00Z", string milestone = "in-transit", string more = "") =>
            $$"""{"at":"{{at}}","milestone":"{{milestone}}"{{more}}}""";
    }
}
