using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Fulfillment.Intake;

namespace Fulfillment.Picking;

/// <summary>A fulfilment order that is on a list.</summary>
public readonly record struct ListedWork(string Order, int Fulfilment);

/// <summary>A list that is to be there.</summary>
public sealed record NewPickList(string Id, PickTerms Terms);

/// <summary>Units of a SKU in a place that a list is to take.</summary>
public sealed record ListedUnits(string Sku, string Bin, string? Lot, long Units)
{
    /// <summary>Where they lie.</summary>
    [JsonIgnore]
    public (string Sku, string Bin, string? Lot) Place => (Sku, Bin, Lot);
}

/// <summary>
/// Units that a list is to take since the roster's change <c>Number</c>. <c>By</c>: the short that asked for them;
/// null: the list was released so.
/// </summary>
public sealed record ListedTake(long Number, ImmutableArray<ListedUnits> Units, string? By = null);

/// <summary>
/// A list that is not picked yet, and its work. <c>IsComing</c>: it has not said that it is there. <c>Takes</c>: the
/// units that it was to take at first and where some were missing: who picks it takes them one by one, which the list
/// tells. <c>IsBegun</c>: somebody picks it, or that is not known.
/// </summary>
public sealed record RosterList(
    string Id, ImmutableArray<ListedWork> Works, bool IsComing = false, ImmutableArray<ListedTake> Takes = default,
    bool IsBegun = false);

/// <summary>Outcome of a change, in the order tested. Only <see cref="Done"/> changed anything.</summary>
public enum RosterStatus
{
    /// <summary>There is no such list that is not picked yet.</summary>
    UnknownList,

    /// <summary>It was done before, by the same id.</summary>
    AlreadyDone,

    /// <summary>Something else was released under this id.</summary>
    DifferentContent,

    /// <summary>As many lists are not picked yet as may be, or they take units of as many places.</summary>
    TooMany,

    /// <summary>A list of that name is not picked yet.</summary>
    ListInUse,

    /// <summary>A fulfilment order is on another list.</summary>
    AlreadyListed,

    /// <summary>Another list has been to take units of one of the places since somebody looked: look again.</summary>
    Outdated,

    /// <summary>Done.</summary>
    Done,
}

/// <summary>
/// The lists that are not picked yet, ordinal; <c>Takes</c> only where they were asked for. <c>Work</c>,
/// <c>List</c>: what a refusal is about. <c>Seen</c>: the roster's last change that gave units to a list.
/// <c>Others</c>: of the lists that were named those that the roster does not have. <c>Units</c>: what was promised
/// under the id.
/// </summary>
public sealed record RosterReply(
    RosterStatus Status, ImmutableArray<RosterList> Lists, ListedWork? Work = null, string? List = null,
    long Seen = 0, ImmutableArray<string> Others = default, ImmutableArray<ListedUnits> Units = default);

/// <summary>What a roster can be asked.</summary>
[JsonDerivedType(typeof(Release), "release")]
[JsonDerivedType(typeof(NoteThere), "note-there")]
[JsonDerivedType(typeof(NoteBegun), "note-begun")]
[JsonDerivedType(typeof(Free), "free")]
[JsonDerivedType(typeof(Promise), "promise")]
[JsonDerivedType(typeof(Withdraw), "withdraw")]
[JsonDerivedType(typeof(Get), "get")]
[JsonDerivedType(typeof(GetThere), "get-there")]
[JsonDerivedType(typeof(GetUnits), "get-units")]
public abstract record RosterCommand
{
    /// <summary>
    /// Releases lists, all or none. Repeatable by its id. <c>Seen</c>: of the answer by which units were chosen that no
    /// other list takes; null: nobody looked.
    /// </summary>
    public sealed record Release(string Id, ImmutableArray<NewPickList> Lists, long? Seen = null)
        : RosterCommand, ICommand<RosterReply>;

    /// <summary>The answer of a list. <c>IsOpen</c>: it is there with this work, and is not picked yet.</summary>
    public sealed record NoteThere(string List, bool IsOpen) : RosterCommand, ICommand<Done>;

    /// <summary>Somebody picks a list.</summary>
    public sealed record NoteBegun(string List) : RosterCommand, ICommand<Done>;

    /// <summary>A list does not have this work any more; default: nor any other.</summary>
    public sealed record Free(string List, ImmutableArray<ListedWork> Works = default) : RosterCommand, ICommand<Done>;

    /// <summary>
    /// A list is to take these units too, for some that were missing. Repeatable by its id, which has the units that it
    /// was given at first. <c>Seen</c>: as <see cref="Release"/> has it.
    /// </summary>
    public sealed record Promise(string Id, string List, ImmutableArray<ListedUnits> Units, long Seen)
        : RosterCommand, ICommand<RosterReply>;

    /// <summary>The list does not take what was promised to it under the id.</summary>
    public sealed record Withdraw(string Id, string List) : RosterCommand, ICommand<RosterReply>;

    /// <summary>Asks for the lists.</summary>
    public sealed record Get : RosterCommand, ICommand<RosterReply>;

    /// <summary>Asks for the lists, once these are there.</summary>
    public sealed record GetThere(ImmutableArray<string> Lists) : RosterCommand, ICommand<RosterReply>;

    /// <summary>
    /// Asks for the lists that take units of these SKUs, with what they take of them. <c>Lists</c>: which of these does
    /// the roster not have?
    /// </summary>
    public sealed record GetUnits(ImmutableArray<string> Skus, ImmutableArray<string> Lists)
        : RosterCommand, ICommand<RosterReply>;
}

/// <summary>What happened to a roster.</summary>
[JsonDerivedType(typeof(ListsReleased), "lists-released")]
[JsonDerivedType(typeof(ListArrived), "list-arrived")]
[JsonDerivedType(typeof(ListBegun), "list-begun")]
[JsonDerivedType(typeof(WorkFreed), "work-freed")]
[JsonDerivedType(typeof(UnitsPromised), "units-promised")]
[JsonDerivedType(typeof(PromiseWithdrawn), "promise-withdrawn")]
public abstract record RosterEvent
{
    /// <summary>
    /// Lists have this work from now on, and are told. <c>IsTold</c>: they tell when somebody picks them; lists of
    /// older journals do not.
    /// </summary>
    public sealed record ListsReleased(
        Operation Operation, ImmutableArray<NewPickList> Lists, bool IsTold = false) : RosterEvent;

    /// <summary>A list is there.</summary>
    public sealed record ListArrived(string List) : RosterEvent;

    /// <summary>Somebody picks a list.</summary>
    public sealed record ListBegun(string List) : RosterEvent;

    /// <summary>A list does not have this work any more; default: nor any other.</summary>
    public sealed record WorkFreed(string List, ImmutableArray<ListedWork> Works = default) : RosterEvent;

    /// <summary>A list is to take these units too.</summary>
    public sealed record UnitsPromised(string Id, string List, ImmutableArray<ListedUnits> Units) : RosterEvent;

    /// <summary>It does not.</summary>
    public sealed record PromiseWithdrawn(string Id, string List) : RosterEvent;
}
