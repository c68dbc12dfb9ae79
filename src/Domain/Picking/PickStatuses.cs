using System.Text.Json.Serialization;

namespace Fulfillment.Picking;

/// <summary>How a list's units are gathered.</summary>
public enum PickMethod
{
    /// <summary>One fulfilment order, into its own tote.</summary>
    [JsonStringEnumMemberName("single")] Single,

    /// <summary>Several, into one tote; they are sorted later.</summary>
    [JsonStringEnumMemberName("batch")] Batch,

    /// <summary>Several, each into its own tote.</summary>
    [JsonStringEnumMemberName("cluster")] Cluster,
}

/// <summary>How far a list is. Derived.</summary>
public enum PickListStatus
{
    /// <summary>Nobody has begun it.</summary>
    [JsonStringEnumMemberName("released")] Released,

    /// <summary>Somebody picks it.</summary>
    [JsonStringEnumMemberName("picking")] Picking,

    /// <summary>Nothing is left to pick.</summary>
    [JsonStringEnumMemberName("picked")] Picked,

    /// <summary>It was given up: what was picked lies in its totes.</summary>
    [JsonStringEnumMemberName("cancelled")] Cancelled,
}

/// <summary>Whether a fulfilment order of the list may be picked.</summary>
public enum PickWorkState
{
    /// <summary>Nobody has begun the list.</summary>
    [JsonStringEnumMemberName("waiting")] Waiting,

    /// <summary>Its order is being told that its node begins.</summary>
    [JsonStringEnumMemberName("starting")] Starting,

    /// <summary>It is picked.</summary>
    [JsonStringEnumMemberName("begun")] Begun,

    /// <summary>Its order would not have it begun: it is held, cancelled or elsewhere.</summary>
    [JsonStringEnumMemberName("dropped")] Dropped,
}

/// <summary>What is wrong with a scan, in the order tested. It changed nothing.</summary>
public enum PickFault
{
    /// <summary>The place is not the line's.</summary>
    [JsonStringEnumMemberName("wrong-bin")] WrongBin,

    /// <summary>The goods are not the line's.</summary>
    [JsonStringEnumMemberName("wrong-sku")] WrongSku,

    /// <summary>The lot is not the one to be picked first.</summary>
    [JsonStringEnumMemberName("wrong-lot")] WrongLot,

    /// <summary>The tote is another order's, or not the list's.</summary>
    [JsonStringEnumMemberName("wrong-tote")] WrongTote,

    /// <summary>More units than the line still asks for.</summary>
    [JsonStringEnumMemberName("wrong-quantity")] WrongQuantity,
}

/// <summary>Outcome of a command to a pick list, in the order tested.</summary>
public enum PickListReplyStatus
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>There is no such list.</summary>
    UnknownList,

    /// <summary>It was done before, by the same id.</summary>
    AlreadyDone,

    /// <summary>The id was used for something else.</summary>
    DifferentContent,

    /// <summary>The list was given up.</summary>
    Cancelled,

    /// <summary>Nobody has claimed it.</summary>
    NotClaimed,

    /// <summary>Somebody else has.</summary>
    ClaimedByAnother,

    /// <summary>It has as many scans or changes as it may.</summary>
    TooManyChanges,

    /// <summary>It has no such line, or none is left.</summary>
    UnknownLine,

    /// <summary>Nothing is left to pick of the line, or its order was dropped.</summary>
    NothingLeft,

    /// <summary>The line's order has not answered yet that it is begun.</summary>
    Starting,

    /// <summary>The scan is wrong: see <see cref="PickFault"/>.</summary>
    Wrong,

    /// <summary>Scans are under way.</summary>
    Busy,

    /// <summary>The permission to use the tote was over: nothing was done, and the id is free.</summary>
    TooLate,
}
