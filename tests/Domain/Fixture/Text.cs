using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fulfillment.Tests.Domain;

/// <summary>Messages as text: arrays by what is in them, and a failure that shows the difference.</summary>
static class Text
{
    static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>All of them in order.</summary>
    public static string Of<T>(IEnumerable<T> values) => string.Join("\n", values.Select(v => Of((object?)v)));

    /// <summary>The type and everything in it.</summary>
    public static string Of(object? value) => value switch
    {
        null => "nothing",
        Send send => $"to {send.To} at {send.Due:O}: {Of(send.Command)}",
        _ => $"{value.GetType().Name} {JsonSerializer.Serialize(value, value.GetType(), Options)}",
    };
}
