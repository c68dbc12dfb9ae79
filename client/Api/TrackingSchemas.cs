using System.Text.Json.Nodes;
using Fulfillment.Shipping;
using Microsoft.OpenApi;

namespace Fulfillment.Client.Api;

/// <summary>What the OpenAPI document says of the way of parcels.</summary>
static class TrackingSchemas
{
    /// <summary>The fields that requests must have.</summary>
    public static readonly Dictionary<Type, string[]> Required = new()
    {
        [typeof(ParcelEventsRequest)] = ["events"],
        [typeof(ParcelEventRequest)] = ["at", "milestone"],
        [typeof(CloseCaseRequest)] = ["resolution"],
    };

    /// <summary>Where a field says something else than its name does elsewhere.</summary>
    public static readonly Dictionary<(Type Request, string Field), Action<OpenApiSchema>> Exceptions = new()
    {
        [(typeof(ParcelEventsRequest), "label")] = s => (s.Minimum, s.Maximum) = ("1", $"{Parcel.MaxLabels}"),
        [(typeof(ParcelEventsRequest), "events")] = s => s.MaxItems = TrackingReader.MostEvents,
        [(typeof(ParcelEventsRequest), "expected")] = s => s.Format = "date",
        [(typeof(ParcelEventsRequest), "signedBy")] = s => s.MaxLength = TrackingReader.MaxName,
        [(typeof(ParcelEventRequest), "at")] = s => s.Format = "date-time",
        [(typeof(ParcelEventRequest), "milestone")] = s => s.Enum = [.. Words<Milestone>.Read.Keys.Select(Node)],
        [(typeof(ParcelEventRequest), "why")] = s => s.Enum = [.. Words<CaseReason>.Read.Keys.Select(Node)],
        [(typeof(ParcelEventRequest), "code")] = s => s.MaxLength = TrackingReader.MaxCode,
        [(typeof(ParcelEventRequest), "says")] = s => s.MaxLength = TrackingReader.MaxSays,
        [(typeof(ParcelEventRequest), "place")] = s => s.MaxLength = TrackingReader.MaxPlace,
        [(typeof(CloseCaseRequest), "resolution")] = _ => { },
    };

    static JsonNode Node(string word) => word;
}
