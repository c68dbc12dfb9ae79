using Orleans;

namespace Fulfillment.Access;

/// <summary>
/// An event as streams carry it. It may come more than once; then it has the same <see cref="Id"/>. What is personal in
/// the payload is sealed, as it is in the journal.
/// </summary>
/// <param name="Position">Its place in the journal; subscribers resume with it.</param>
/// <param name="Kind">The kind of entity.</param>
/// <param name="Key">The entity's key.</param>
/// <param name="Version">Its place in the entity's history: 1, 2, 3, without gaps.</param>
/// <param name="Type">Its permanent name.</param>
/// <param name="At">When it happened.</param>
/// <param name="Actor">On whose behalf.</param>
/// <param name="Cause">The command or send that led to it.</param>
/// <param name="Payload">Its fields, as JSON.</param>
[GenerateSerializer, Immutable, Alias("fulfillment.event")]
public sealed record StreamEvent(
    long Position, string Kind, string Key, long Version, string Type, DateTimeOffset At, string Actor, string Cause,
    string Payload)
{
    /// <summary>Names the event, in every copy of it: <c>order/default/o-1@3</c>.</summary>
    public string Id => $"{Kind}/{Key}@{Version}";
}
