using System.Text.Json.Serialization;

namespace Fulfillment.Catalog;

/// <summary>Outcome of what an alias was asked, in the order tested.</summary>
public enum AliasStatus
{
    /// <summary>It is so already. Nothing changed.</summary>
    AlreadyDone,

    /// <summary>It is another SKU's. Nothing changed.</summary>
    Taken,

    /// <summary>It is so.</summary>
    Done,
}

/// <summary><c>Sku</c>: whose the alias is now; null for nobody's.</summary>
public sealed record SkuAliasReply(AliasStatus Status, string? Sku);

/// <summary>What an alias can be asked.</summary>
[JsonDerivedType(typeof(Assign), "assign")]
[JsonDerivedType(typeof(Free), "free")]
[JsonDerivedType(typeof(Get), "get")]
public abstract record SkuAliasCommand
{
    /// <summary>It is this SKU's. Repeatable.</summary>
    public sealed record Assign(string Sku) : SkuAliasCommand, ICommand<SkuAliasReply>;

    /// <summary>It is this SKU's no more. Repeatable.</summary>
    public sealed record Free(string Sku) : SkuAliasCommand, ICommand<SkuAliasReply>;

    /// <summary>Whose it is.</summary>
    public sealed record Get : SkuAliasCommand, ICommand<SkuAliasReply>;
}

/// <summary>What happened to an alias.</summary>
[JsonDerivedType(typeof(AliasAssigned), "alias-assigned")]
[JsonDerivedType(typeof(AliasFreed), "alias-freed")]
public abstract record SkuAliasEvent
{
    /// <summary>It is this SKU's.</summary>
    public sealed record AliasAssigned(string Sku) : SkuAliasEvent;

    /// <summary>It was this SKU's, and is nobody's.</summary>
    public sealed record AliasFreed(string Sku) : SkuAliasEvent;
}
