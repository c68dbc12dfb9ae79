using Fulfillment.Intake;
using static Fulfillment.Intake.RequestCommand;
using static Fulfillment.Intake.RequestEvent;

namespace Fulfillment.Tests.Domain;

public sealed class RequestTests
{
    static Given<Request, RequestCommand, RequestEvent> Given(params IEnumerable<RequestEvent> events) =>
        new(EntityId.Of("request", "default", "k-1"), Product.Start, events);

    [Fact]
    public void A_key_belongs_to_the_first_request_that_uses_it() => Given()
        .When(new Claim("hash")).Then(new ClaimKeyReply(ClaimKeyStatus.First), new KeyClaimed("hash"));

    [Fact]
    public void The_same_request_again_is_a_repeat_for_ever() => Given(new KeyClaimed("hash"))
        .At(Product.After(1e9)).When(new Claim("hash")).Then(new ClaimKeyReply(ClaimKeyStatus.Repeated));

    [Fact]
    public void Another_request_under_the_same_key_is_refused_and_takes_nothing_over() => Given(new KeyClaimed("hash"))
        .When(new Claim("other")).Then(new ClaimKeyReply(ClaimKeyStatus.OtherContent))
        .When(new Claim("hash")).Then(new ClaimKeyReply(ClaimKeyStatus.Repeated));

    [Fact]
    public void A_request_without_content_has_content_too() => Given()
        .When(new Claim("")).Then(new ClaimKeyReply(ClaimKeyStatus.First), new KeyClaimed(""))
        .When(new Claim("")).Then(new ClaimKeyReply(ClaimKeyStatus.Repeated));
}
