using System.Collections.Immutable;
using Fulfillment.Shipping;

namespace Fulfillment.Client.Api;

/// <summary>Reads what is told of a parcel by hand.</summary>
static class TrackingReader
{
    /// <summary>The most events at once.</summary>
    public const int MostEvents = 100;

    /// <summary>The longest code, words, place and name.</summary>
    public const int MaxCode = 40, MaxSays = 200, MaxPlace = 120, MaxName = 100;

    static readonly TimeSpan MostAhead = TimeSpan.FromDays(1);

    /// <summary>What was told. <c>Label</c>: null for the one that the parcel has.</summary>
    public sealed record Told(
        int? Label, ImmutableArray<TrackEvent> Events, DateOnly? Expected, string? SignedBy, string By);

    /// <summary>Checks the form.</summary>
    public static Told Read(Fields fields, ParcelEventsRequest r, DateTimeOffset now)
    {
        var events = r.Events ?? [];
        if (events.Count > MostEvents) fields.Add("/events", "too-many", $"must be at most {MostEvents}");
        if (r.Events is null) fields.Add("/events", "required", "is missing");
        else if (events.Count == 0 && r.Expected is null && r.SignedBy is null)
            fields.Add("/events", "required", "is empty, and there are no other news");
        int? label = r.Label is null ? null : fields.Number("/label", r.Label, 1, Parcel.MaxLabels);
        ImmutableArray<TrackEvent> told =
        [
            .. events.Take(MostEvents).Select((e, i) => Read(fields, $"/events/{i}", e, now)).OfType<TrackEvent>(),
        ];
        return new(
            label, told, fields.Date("/expected", r.Expected),
            fields.OptionalText("/signedBy", r.SignedBy, MaxName), r.By is null ? "api" : fields.Id("/by", r.By));
    }

    static TrackEvent? Read(Fields fields, string at, ParcelEventRequest? e, DateTimeOffset now)
    {
        if (e is null)
        {
            fields.Add(at, "wrong-type", "must be an object");
            return null;
        }

        if (e.At is null) fields.Add($"{at}/at", "required", "is missing");
        var when = fields.Time($"{at}/at", e.At);
        if (when > now + MostAhead) fields.Add($"{at}/at", "out-of-range", "must not be in the future");
        var milestone = fields.Word<Milestone>($"{at}/milestone", e.Milestone);
        CaseReason? why = e.Why is null ? null : fields.Word<CaseReason>($"{at}/why", e.Why);
        return new(
            when ?? default, milestone, fields.OptionalText($"{at}/code", e.Code, MaxCode) ?? e.Milestone ?? "",
            fields.OptionalText($"{at}/says", e.Says, MaxSays) ?? "-",
            fields.OptionalText($"{at}/place", e.Place, MaxPlace), why);
    }

    /// <summary>What makes another content of it; the name is compared as it is sealed.</summary>
    public static long Content(this Told told, int label, Personal<string>? signedBy) => Fingerprint.Of(
        "events", $"{label}", $"{told.Expected:O}", signedBy?.Sealed, string.Join('\n', told.Events.Select(
            e => $"{e.At:O}\t{e.Milestone}\t{e.Code}\t{e.Says}\t{e.Place}\t{e.Why}")));
}
