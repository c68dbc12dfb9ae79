namespace Fulfillment;

/// <summary>
/// Where a message goes: an entity (<c>sku</c>, <c>default/ABC-1</c>) or a connector (<c>router</c>, empty key).
/// What a seller owns has the key <c>{seller}/{name}</c>; what the operator owns (a node) has no seller.
/// </summary>
public readonly record struct EntityId(string Kind, string Key)
{
    /// <summary>The seller whose entity this is; empty for the operator's.</summary>
    public string Seller => Key.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? Key[..slash] : "";

    /// <summary>The id its owner knows it by, without the seller.</summary>
    public string Name => Key[(Key.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>The entity of <paramref name="seller"/> with this name.</summary>
    public static EntityId Of(string kind, string seller, string name) => new(kind, $"{seller}/{name}");

    /// <summary>Another entity of the same seller.</summary>
    public EntityId Sibling(string kind, string name) => Of(kind, Seller, name);

    /// <inheritdoc/>
    public override string ToString() => $"{Kind}/{Key}";
}
