using Fulfillment.Intake;
using static Fulfillment.Intake.QuarantineCommand;
using static Fulfillment.Intake.QuarantineEvent;

namespace Fulfillment.Tests.Domain;

public sealed class QuarantineTests
{
    static readonly Put Bad = new(
        "web", new("s-1", "sealed"), [new("/lines/0/quantity", "out-of-range", "must be positive")]);

    static readonly MessageQuarantined Kept = new(Bad.Source, Bad.Text, Bad.Defects);

    static Given<Quarantined, QuarantineCommand, QuarantineEvent> Given(params IEnumerable<QuarantineEvent> events) =>
        new(EntityId.Of("quarantine", "default", "q-1"), Product.Start, events);

    [Fact]
    public void A_message_that_could_not_be_taken_in_is_kept_with_the_reasons() => Given()
        .When(Bad).Then(Done.It, Kept)
        .When(new Get()).Then(new QuarantineReply("web", Bad.Text, Bad.Defects, QuarantineStatus.Open, null));

    [Fact]
    public void It_is_kept_once() => Given(Kept)
        .When(Bad).Then(Done.It)
        .When(Bad with { Source = "other" }).Then(Done.It);

    [Fact]
    public void It_is_kept_once_even_after_it_was_closed() => Given(Kept, new MessageDiscarded("spam"))
        .When(Bad).Then(Done.It)
        .When(new Get()).Then(new QuarantineReply("web", Bad.Text, Bad.Defects, QuarantineStatus.Discarded, "spam"));

    [Fact]
    public void A_corrected_version_closes_it() => Given(Kept)
        .When(new Replay("o-1"))
        .Then(new CloseQuarantineReply(CloseQuarantineStatus.Closed), new MessageReplayed("o-1"))
        .When(new Get()).Then(new QuarantineReply("web", Bad.Text, Bad.Defects, QuarantineStatus.Replayed, "o-1"));

    [Fact]
    public void Throwing_it_away_closes_it() => Given(Kept)
        .When(new Discard("spam"))
        .Then(new CloseQuarantineReply(CloseQuarantineStatus.Closed), new MessageDiscarded("spam"))
        .When(new Get()).Then(new QuarantineReply("web", Bad.Text, Bad.Defects, QuarantineStatus.Discarded, "spam"));

    [Fact]
    public void It_is_closed_once() => Given(Kept, new MessageReplayed("o-1"))
        .When(new Replay("o-1")).Then(new CloseQuarantineReply(CloseQuarantineStatus.AlreadyClosed))
        .When(new Discard("spam")).Then(new CloseQuarantineReply(CloseQuarantineStatus.AlreadyClosed));

    [Fact]
    public void There_is_none_to_close_or_to_see() => Given()
        .When(new Replay("o-1")).Then(new CloseQuarantineReply(CloseQuarantineStatus.Unknown))
        .When(new Discard("spam")).Then(new CloseQuarantineReply(CloseQuarantineStatus.Unknown))
        .When(new Get()).Then(new QuarantineReply("", null, [], QuarantineStatus.Open, null));
}
