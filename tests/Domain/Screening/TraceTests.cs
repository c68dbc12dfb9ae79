using Fulfillment.Screening;
using static Fulfillment.Screening.TraceCommand;
using static Fulfillment.Screening.TraceEvent;

namespace Fulfillment.Tests.Domain;

public sealed class TraceTests
{
    const double Hour = 3_600, Day = 24 * Hour;

    static readonly Money Ten = new(1_000, "EUR");

    static EntityId Self => EntityId.Of("trace", "default", new TraceName(TraceOf.Card, "k").ToString());

    static Given<Trace, TraceCommand, TraceEvent> Given(params IEnumerable<TraceEvent> events) =>
        new(Self, Product.Start, events);

    static OrderSighted Seen(string order, double seconds, Money? amount = null, string? country = null) =>
        new(order, amount, country, Product.After(seconds));

    static Given<Trace, TraceCommand, TraceEvent> Sighted(int count) =>
        Given(Enumerable.Range(0, count).Select(i => Seen($"o-{i}", i)));

    static TraceReply Told(Given<Trace, TraceCommand, TraceEvent> trace) => Assert.IsType<TraceReply>(trace.Reply);

    [Fact]
    public void The_first_order_finds_nothing_and_is_noted() => Given()
        .When(new Note("o-1", Ten, "DE"))
        .Then(new TraceReply(NoteStatus.Noted), new OrderSighted("o-1", Ten, "DE", Product.Start));

    [Fact]
    public void The_next_order_is_told_of_the_first() => Given(Seen("o-1", 0, Ten, "DE"))
        .At(Product.After(60)).When(new Note("o-2", new(3_000, "EUR"), "FR"))
        .Then(
            new TraceReply(
                NoteStatus.Noted, LastHour: 1, LastDay: 1, LastMonth: 1, OrdersBefore: 1, MeanMinor: 1_000, Priced: 1,
                OtherCountries: 1, FirstSeen: Product.Start),
            new OrderSighted("o-2", new(3_000, "EUR"), "FR", Product.After(60)));

    [Theory]
    [InlineData(Hour, 1, 1, 1)]
    [InlineData(Hour + 0.001, 0, 1, 1)]
    [InlineData(Day, 0, 1, 1)]
    [InlineData(Day + 0.001, 0, 0, 1)]
    [InlineData(30 * Day, 0, 0, 1)]
    [InlineData(30 * Day + 0.001, 0, 0, 0)]
    public void Windows_end_to_the_millisecond(double later, int hour, int day, int month)
    {
        var told = Told(Given(Seen("o-1", 0)).At(Product.After(later)).When(new Note("o-2")));

        Assert.Equal((hour, day, month, 1L), (told.LastHour, told.LastDay, told.LastMonth, told.OrdersBefore));
        Assert.Equal(Product.Start, told.FirstSeen);
    }

    [Fact]
    public void The_mean_is_of_the_same_currency_and_of_30_days()
    {
        var told = Told(Given(
                Seen("o-0", -31 * Day, new(999_999, "EUR")), Seen("o-1", 0, new(100, "EUR")), Seen("o-2", 1),
                Seen("o-3", 2, new(7, "USD")), Seen("o-4", 3, new(201, "EUR")))
            .At(Product.After(4)).When(new Note("o-5", new(1, "EUR"))));

        Assert.Equal((150L, 2), (told.MeanMinor, told.Priced));
    }

    [Fact]
    public void Amounts_that_no_sum_could_hold_have_a_mean()
    {
        Money most = new(long.MaxValue, "EUR");

        var told = Told(Given(Seen("o-1", 0, most), Seen("o-2", 0, most)).When(new Note("o-3", most)));

        Assert.Equal((long.MaxValue, 2), (told.MeanMinor, told.Priced));
    }

    [Fact]
    public void Countries_count_once_and_the_orders_own_does_not()
    {
        var told = Told(Given(
                Seen("o-1", 0, null, "DE"), Seen("o-2", 1, null, "FR"), Seen("o-3", 2, null, "FR"), Seen("o-4", 3))
            .At(Product.After(4)).When(new Note("o-5", null, "DE")));

        Assert.Equal(1, told.OtherCountries);
    }

    [Fact]
    public void A_repeat_is_told_what_was_told_the_first_time_and_writes_nothing()
    {
        var trace = Given(Seen("o-1", 0, Ten, "DE")).At(Product.After(60)).When(new Note("o-2", Ten, "DE"));
        var first = Told(trace);

        trace.When(new NoteFraud("o-1")).At(Product.After(7_200)).When(new Note("o-3", Ten, "FR"))
            .When(new NoteDecline("o-3", "a-1")).When(new NoteFraud("o-3"))
            .When(new Note("o-2", Ten, "DE"));

        // The fraud of o-1 came at the same moment as o-2, and so counts for it; what came later does not.
        trace.Then(first with { Status = NoteStatus.AlreadyNoted, Frauds = 1 });
    }

    [Theory]
    [InlineData(2_000, "DE")]
    [InlineData(1_000, "FR")]
    public void A_repeat_with_other_content_is_told_so_and_writes_nothing(int minor, string country) =>
        Given(Seen("o-1", 0, Ten, "DE"))
            .When(new Note("o-1", new Money(minor, "EUR"), country))
            .Then(new TraceReply(NoteStatus.DifferentContent));

    [Fact]
    public void A_question_counts_what_is_there_and_writes_nothing() => Given(Seen("o-1", 0, Ten, "DE"))
        .When(new Get(Ten, "FR"))
        .Then(new TraceReply(
            NoteStatus.AlreadyNoted, 1, 1, 1, 1, 1_000, 1, OtherCountries: 1, FirstSeen: Product.Start));

    [Fact]
    public void Declines_count_for_24_hours_and_once_each()
    {
        var trace = Given().When(new NoteDecline("o-1", "a-1"))
            .Then(new NoteReply(NoteStatus.Noted), new DeclineNoted("o-1", "a-1", Product.Start))
            .When(new NoteDecline("o-1", "a-1")).Then(new NoteReply(NoteStatus.AlreadyNoted))
            .When(new NoteDecline("o-2", "a-1"))
            .Then(new NoteReply(NoteStatus.Noted), new DeclineNoted("o-2", "a-1", Product.Start));

        Assert.Equal(2, Told(trace.At(Product.After(Day)).When(new Get())).DeclinesLastDay);
        Assert.Equal(0, Told(trace.At(Product.After(Day + 0.001)).When(new Get())).DeclinesLastDay);
    }

    [Fact]
    public void An_ending_counts_once_and_fraud_outweighs_good()
    {
        var trace = Given(Seen("o-1", 0), Seen("o-2", 1))
            .When(new NoteGood("o-1")).Then(new NoteReply(NoteStatus.Noted), new OrderCleared("o-1", Product.Start))
            .When(new NoteGood("o-1")).Then(new NoteReply(NoteStatus.AlreadyNoted))
            .When(new NoteGood("o-2")).ThenHappens(new OrderCleared("o-2", Product.Start));
        Assert.Equal((0L, 2L), (Told(trace.When(new Get())).Frauds, Told(trace).Goods));

        trace.When(new NoteFraud("o-1")).Then(new NoteReply(NoteStatus.Noted), new FraudConfirmed("o-1", Product.Start))
            .When(new NoteFraud("o-1")).Then(new NoteReply(NoteStatus.AlreadyNoted))
            .When(new NoteGood("o-1")).Then(new NoteReply(NoteStatus.KnownFraud));
        Assert.Equal((1L, 1L), (Told(trace.When(new Get())).Frauds, Told(trace).Goods));
    }

    [Fact]
    public void More_orders_than_are_remembered_are_counted_in_all_but_not_in_a_window()
    {
        var told = Told(Sighted(Trace.MaxSightings + 10).At(Product.After(600)).When(new Note("o-new")));

        Assert.Equal((Trace.MaxSightings, Trace.MaxSightings), (told.LastHour, told.LastMonth));
        Assert.Equal(Trace.MaxSightings + 10, told.OrdersBefore);
        Assert.Equal(Product.Start, told.FirstSeen);
    }

    [Fact]
    public void However_long_a_trace_lives_its_state_stays_small()
    {
        var trace = Given();
        for (var i = 0; i < 3 * Trace.MaxSightings; i++)
        {
            trace.At(Product.After(i)).When(new Note($"o-{i}", Ten, "DE")).When(new NoteDecline($"o-{i}", "a"))
                .When(i % 2 == 0 ? new NoteFraud($"o-{i}") : new NoteGood($"o-{i}"));
        }

        Assert.Equal(
            (Trace.MaxSightings, Trace.MaxDeclines, Trace.MaxEndings, Trace.MaxEndings),
            (trace.State.Orders.Count, trace.State.Declines.Count, trace.State.Frauds.Count, trace.State.Goods.Count));
        Assert.Equal(3L * Trace.MaxSightings, trace.State.Orders.Total);
        Assert.InRange(trace.Bytes().Length, 1, 120_000);
    }

    [Fact]
    public void A_snapshot_has_all_that_is_remembered_and_a_life_of_its_own()
    {
        var trace = Given(Seen("o-1", 0, Ten, "DE"), Seen("o-2", 1, Ten), Seen("o-3", 2, null, "FR"), Seen("o-4", 3))
            .When(new NoteDecline("o-1", "a-1")).When(new NoteFraud("o-1")).When(new NoteGood("o-2"));
        var kind = Product.Kind<Trace, TraceCommand, TraceEvent>();
        var before = trace.Bytes();
        var frozen = Trace.Freeze(trace.State);

        trace.When(new Note("o-5")).When(new NoteDecline("o-5", "a")).When(new NoteFraud("o-2"));

        Assert.Equal(before, Wire.Text(kind.Write(frozen)));
        Assert.Equal(before, Wire.Text(kind.Write(kind.Read(kind.Write(frozen)))));
    }

    [Theory]
    [InlineData(TraceOf.Email, "email:k")]
    [InlineData(TraceOf.Ip, "ip:k")]
    [InlineData(TraceOf.Address, "address:k")]
    [InlineData(TraceOf.Card, "card:k")]
    public void Each_kind_of_trace_has_names_of_its_own(TraceOf of, string name) =>
        Assert.Equal(name, new TraceName(of, "k").ToString());

    [Fact]
    public void An_order_has_a_trace_for_each_key_that_is_known()
    {
        Assert.Empty(new Signals(EmailClass: EmailClass.Free).TraceNames());
        Assert.Equal(
            ["email:a", "ip:b", "address:c", "card:d"],
            new Signals("a", "b", "c", "d").TraceNames().Select(name => name.ToString()));
    }
}
