using System.Diagnostics;

namespace Fulfillment.Intake;

/// <summary>
/// A caller's idempotency key: it belongs to the first request that used it, for ever. The same request again is a
/// repeat, another one under the same key is refused. (IETF draft httpapi-idempotency-key-header-07, section 2.)
/// </summary>
/// <param name="Content">A keyed hash of the request that owns the key; null while it is free.</param>
public sealed record Request(string? Content) : IEntity<Request, RequestCommand, RequestEvent>
{
    /// <inheritdoc/>
    public static Request Initial { get; } = new((string?)null);

    /// <inheritdoc/>
    public static Decision<RequestEvent> Decide(Request request, RequestCommand command, Turn turn) => command switch
    {
        RequestCommand.Claim c when request.Content is null =>
            new(new ClaimKeyReply(ClaimKeyStatus.First), new RequestEvent.KeyClaimed(c.Content)),
        RequestCommand.Claim c => new(new ClaimKeyReply(
            request.Content == c.Content ? ClaimKeyStatus.Repeated : ClaimKeyStatus.OtherContent)),
        _ => throw new UnreachableException(),
    };

    /// <inheritdoc/>
    public static Request Evolve(Request request, RequestEvent happened) => happened switch
    {
        RequestEvent.KeyClaimed e => new(e.Content),
        _ => throw new UnreachableException(),
    };
}
