using Fulfillment.Connectors;
using Fulfillment.Shipping;

namespace Fulfillment.Tests.Connectors;

/// <summary>A carrier who does not answer is left alone, and tried again.</summary>
public sealed class CarrierBreakerTests
{
    readonly FakeTime _time = new();

    [Fact]
    public void After_three_failures_in_a_row_it_opens_and_one_call_tries_after_a_rest()
    {
        CarrierBreaker breaker = new(_time);
        for (var i = 0; i < CarrierBreaker.MostFailures; i++)
        {
            Assert.Equal(BreakerState.Closed, breaker.Now.State);
            Assert.True(breaker.Enter());
            breaker.Failed("silent");
        }

        Assert.Equal((BreakerState.Open, "silent", _time.Now + CarrierBreaker.Rest),
            (breaker.Now.State, breaker.Now.Why, breaker.Now.RetryAt!.Value));
        Assert.False(breaker.Enter());
        _time.Now += CarrierBreaker.Rest;
        Assert.Equal(BreakerState.HalfOpen, breaker.Now.State);
        Assert.True(breaker.Enter());
        Assert.False(breaker.Enter());
        breaker.Failed("silent");
        Assert.False(breaker.Enter());
        _time.Now += CarrierBreaker.Rest;
        Assert.True(breaker.Enter());
        breaker.Answered();
        Assert.Equal((BreakerState.Closed, 0, null), (breaker.Now.State, breaker.Now.Failures, breaker.Now.Why));
        Assert.Equal(_time.Now, breaker.Now.Answered);
    }

    [Fact]
    public void An_answer_in_between_begins_the_count_anew_and_a_caller_who_breaks_off_says_nothing()
    {
        CarrierBreaker breaker = new(_time);
        for (var round = 0; round < 5; round++)
        {
            breaker.Failed("x");
            breaker.Failed("x");
            breaker.Answered();
        }

        Assert.True(breaker.Enter());
        for (var i = 0; i < CarrierBreaker.MostFailures; i++) breaker.Failed("x");
        _time.Now += CarrierBreaker.Rest;
        Assert.True(breaker.Enter());
        breaker.Abandoned();
        Assert.True(breaker.Enter());
    }
}
