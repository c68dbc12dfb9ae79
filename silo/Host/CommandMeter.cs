using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using Fulfillment.Access;
using Fulfillment.Silo.Operating;

namespace Fulfillment.Silo;

/// <summary>
/// Counts and times the commands at this silo's grains, by their type, and gives each a span. Read as OpenTelemetry
/// does (meter and source <c>Fulfillment.Silo</c>), or as Prometheus text.
/// </summary>
public sealed class CommandMeter : IIncomingGrainCallFilter, IDisposable
{
    const string Name = "Fulfillment.Silo";

    readonly Meter _meter = new(Name);
    readonly ActivitySource _source = new(Name);
    readonly Histogram<double> _seconds;
    readonly ConcurrentDictionary<(string Kind, string Command, bool Failed), Count> _counts = new();

    /// <summary>With instruments of its own.</summary>
    public CommandMeter() => _seconds = _meter.CreateHistogram<double>("fulfillment.command.duration", "s");

    /// <inheritdoc/>
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.Request.GetArgumentCount() != 1 || context.Request.GetArgument(0) is not Letter letter)
        {
            await context.Invoke();
            return;
        }

        var started = Stopwatch.GetTimestamp();
        var command = NameOf(letter);
        using var activity = _source.StartActivity($"{letter.Kind} {command}");
        activity?.SetTag("fulfillment.cause", letter.Origin.Cause);
        await context.Invoke();
        var failed = context.Result is Answer { Fault: not null };
        var took = Stopwatch.GetElapsedTime(started).TotalSeconds;
        _counts.GetOrAdd((letter.Kind, command, failed), _ => new()).Add(took);
        if (_seconds.Enabled)
            _seconds.Record(took, new("kind", letter.Kind), new("command", command), new("failed", failed));
    }

    /// <summary>All of it as Prometheus text, version 0.0.4.</summary>
    internal string Text(SiloCluster silo, ViewKeeper views, RoundsMeter rounds)
    {
        StringBuilder text = new("# TYPE fulfillment_command_seconds summary\n");
        foreach (var ((kind, command, failed), count) in _counts.OrderBy(c => c.Key))
        {
            var labels = $"{{kind=\"{kind}\",command=\"{command}\",failed=\"{(failed ? "true" : "false")}\"}}";
            var (number, seconds) = count.Read();
            text.Append(CultureInfo.InvariantCulture, $"fulfillment_command_seconds_count{labels} {number}\n");
            text.Append(CultureInfo.InvariantCulture, $"fulfillment_command_seconds_sum{labels} {seconds:0.######}\n");
        }

        var gauges = silo.Gauges;
        Gauge(text, "outbox_depth", gauges.OutboxDepth);
        Gauge(text, "commit_median_seconds", gauges.CommitMedian / 1_000);
        Gauge(text, "commit_p99_seconds", gauges.CommitP99 / 1_000);
        Gauge(text, "entities", gauges.Entities);
        Gauge(text, "view_lag", views.Lag);
        Gauge(text, "read_only", silo.ReadOnly is null ? 0 : 1);
        Line(text, "verified_events_total", "counter", rounds.Events);
        Line(text, "journal_flaws_total", "counter", rounds.Flaws);
        return text.ToString();
    }

    static void Gauge(StringBuilder text, string name, double value) => Line(text, name, "gauge", value);

    static void Line(StringBuilder text, string name, string type, double value) => text.Append(
        CultureInfo.InvariantCulture, $"# TYPE fulfillment_{name} {type}\nfulfillment_{name} {value:0.######}\n");

    /// <inheritdoc/>
    public void Dispose()
    {
        _meter.Dispose();
        _source.Dispose();
    }

    static string NameOf(Letter letter)
    {
        try
        {
            return letter.Command.GetType().Name;
        }
        catch (System.Text.Json.JsonException)
        {
            return "unknown";
        }
    }

    sealed class Count
    {
        long _number;
        double _seconds;

        public void Add(double seconds)
        {
            lock (this) (_number, _seconds) = (_number + 1, _seconds + seconds);
        }

        public (long Number, double Seconds) Read()
        {
            lock (this) return (_number, _seconds);
        }
    }
}
