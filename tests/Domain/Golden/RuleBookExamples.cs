using Fulfillment.Routing;

namespace Fulfillment.Tests.Domain;

/// <summary>One message of each type of routing rules, every field with a value of its own.</summary>
static class RuleBookExamples
{
    static readonly DateTimeOffset From = Product.After(86_400);

    public static IEnumerable<object> All =>
    [
        new RuleBookCommand.Propose("op-1", Rules.All, "cheaper to Austria", "ada"),
        new RuleBookCommand.Approve("op-2", 7, "looks right", "grace"),
        new RuleBookCommand.Reject("op-3", 8, "too dear", "grace"),
        new RuleBookCommand.Activate("op-4", 7, From, "from Saturday on", "ada"),
        new RuleBookCommand.Begin(7, From),
        new RuleBookCommand.RollBack("op-5", "parcels were late", "ada"),
        new RuleBookCommand.TryBeside("op-6", 9, "to see what it would do", "ada"),
        new RuleBookCommand.Get(),
        new RuleBookCommand.GetVersion(7),
        new RuleBookEvent.RulesProposed("op-1", 7, Rules.All, Step("ada", "cheaper to Austria", 1), 2),
        new RuleBookEvent.RulesApproved("op-2", 7, Step("grace", "looks right", 2)),
        new RuleBookEvent.RulesRejected("op-3", 8, Step("grace", "too dear", 3)),
        new RuleBookEvent.RulesScheduled("op-4", 7, From, Step("ada", "from Saturday on", 4)),
        new RuleBookEvent.RulesActivated("op-4", 7, Product.After(5), Step("ada", "from Saturday on", 5), From),
        new RuleBookEvent.RulesRolledBack("op-5", 6, Product.After(6), Step("ada", "parcels were late", 6)),
        new RuleBookEvent.ShadowChosen("op-6", 9, Step("ada", "to see what it would do", 7)),
    ];

    static RulesStep Step(string by, string reason, int seconds) => new(by, Product.After(seconds), reason);
}
