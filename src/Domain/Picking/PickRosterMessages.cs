using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Fulfillment.Intake;

namespace Fulfillment.Picking;

/// <summary>A fulfilment order that is on a list.</summary>
public readonly record struct ListedWork(string Order, int Fulfilment);

/// <summary>A list that is to be there.</summary>
public sealed record NewPickList(string Id, PickTerms Terms);

/// <summary>A list that is not picked yet, and its work. <c>IsComing</c>: it has not said that it is there.</summary>
public sealed record RosterList(string Id, ImmutableArray<ListedWork> Works, bool IsComing = false);

/// <summary>Outcome of releasing lists, in the order tested. Only <see cref="Done"/> changed anything.</summary>
public enum RosterStatus
{
    /// <summary>The same lists were released before, by the same id.</summary>
    AlreadyDone,

    /// <summary>Something else was released under this id.</summary>
    DifferentContent,

    /// <summary>As many lists are not picked yet as may be.</summary>
    TooMany,

    /// <summary>A list of that name is not picked yet.</summary>
    ListInUse,

    /// <summary>A fulfilment order is on another list.</summary>
    AlreadyListed,

    /// <summary>Done.</summary>
    Done,
}

/// <summary>
/// The lists that are not picked yet, ordinal. <c>Work</c>, <c>List</c>: what a refusal is about.
/// </summary>
public sealed record RosterReply(
    RosterStatus Status, ImmutableArray<RosterList> Lists, ListedWork? Work = null, string? List = null);

/// <summary>What a roster can be asked.</summary>
[JsonDerivedType(typeof(Release), "release")]
[JsonDerivedType(typeof(NoteThere), "note-there")]
[JsonDerivedType(typeof(Free), "free")]
[JsonDerivedType(typeof(Get), "get")]
[JsonDerivedType(typeof(GetThere), "get-there")]
public abstract record RosterCommand
{
    /// <summary>Releases lists, all or none. Repeatable by its id.</summary>
    public sealed record Release(string Id, ImmutableArray<NewPickList> Lists) : RosterCommand, ICommand<RosterReply>;

    /// <summary>The answer of a list. <c>IsOpen</c>: it is there with this work, and is not picked yet.</summary>
    public sealed record NoteThere(string List, bool IsOpen) : RosterCommand, ICommand<Done>;

    /// <summary>A list does not have this work any more; default: nor any other.</summary>
    public sealed record Free(string List, ImmutableArray<ListedWork> Works = default) : RosterCommand, ICommand<Done>;

    /// <summary>Asks for the lists.</summary>
    public sealed record Get : RosterCommand, ICommand<RosterReply>;

    /// <summary>Asks for the lists, once these are there.</summary>
    public sealed record GetThere(ImmutableArray<string> Lists) : RosterCommand, ICommand<RosterReply>;
}

/// <summary>What happened to a roster.</summary>
[JsonDerivedType(typeof(ListsReleased), "lists-released")]
[JsonDerivedType(typeof(ListArrived), "list-arrived")]
[JsonDerivedType(typeof(WorkFreed), "work-freed")]
public abstract record RosterEvent
{
    /// <summary>Lists have this work from now on, and are told.</summary>
    public sealed record ListsReleased(Operation Operation, ImmutableArray<NewPickList> Lists) : RosterEvent;

    /// <summary>A list is there.</summary>
    public sealed record ListArrived(string List) : RosterEvent;

    /// <summary>A list does not have this work any more; default: nor any other.</summary>
    public sealed record WorkFreed(string List, ImmutableArray<ListedWork> Works = default) : RosterEvent;
}
