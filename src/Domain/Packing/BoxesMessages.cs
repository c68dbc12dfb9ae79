using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Fulfillment.Packing;

/// <summary>A box as it is now. <c>Revision</c>: of the node's boxes when it last changed.</summary>
public sealed record BoxNow(Box Box, long Revision);

/// <summary>
/// Outcome of a change of a node's boxes, in the order tested. Only <see cref="Created"/> and <see cref="Changed"/>
/// changed anything.
/// </summary>
public enum BoxStatus
{
    /// <summary>The caller expected another revision.</summary>
    Stale,

    /// <summary>There is no such box.</summary>
    UnknownBox,

    /// <summary>There would be more boxes than there may be.</summary>
    TooMany,

    /// <summary>Other boxes of the node cost money of another currency: they could not be compared.</summary>
    OtherCurrency,

    /// <summary>It is so already.</summary>
    Unchanged,

    /// <summary>It is new.</summary>
    Created,

    /// <summary>It was changed, or is gone.</summary>
    Changed,
}

/// <summary><c>Box</c>: as it is then; of a removed one, as it was. Null when there is none.</summary>
public sealed record BoxReply(BoxStatus Status, BoxNow? Box, long Revision);

/// <summary>The boxes of a node, in ordinal order of their ids.</summary>
public sealed record BoxList(ImmutableArray<BoxNow> Boxes, long Revision);

/// <summary>What the boxes of a node can be asked.</summary>
[JsonDerivedType(typeof(Put), "put-box")]
[JsonDerivedType(typeof(Remove), "remove-box")]
[JsonDerivedType(typeof(Get), "get")]
public abstract record BoxCommand
{
    /// <summary>Adds a box, or changes it. Repeatable. <c>IfRevision</c>: refused when it has another.</summary>
    public sealed record Put(Box Box, long? IfRevision = null) : BoxCommand, ICommand<BoxReply>;

    /// <summary>Takes a box away. <c>IfRevision</c>: refused when it has another.</summary>
    public sealed record Remove(string Box, long? IfRevision = null) : BoxCommand, ICommand<BoxReply>;

    /// <summary>Asks for all.</summary>
    public sealed record Get : BoxCommand, ICommand<BoxList>;
}

/// <summary>What happened to the boxes of a node.</summary>
[JsonDerivedType(typeof(BoxPut), "box-put")]
[JsonDerivedType(typeof(BoxRemoved), "box-removed")]
public abstract record BoxEvent
{
    /// <summary>A box is there, and like this.</summary>
    public sealed record BoxPut(Box Box) : BoxEvent;

    /// <summary>A box is gone.</summary>
    public sealed record BoxRemoved(string Box) : BoxEvent;
}
