using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Fulfillment.Engine;

namespace Fulfillment.Silo;

/// <summary>
/// Options that an environment variable stands behind: what a container is told. The command line comes first.
/// </summary>
static class Settings
{
    /// <summary>A text.</summary>
    public static Option<string> Text(string name, string variable, string usual, string description) =>
        new(name)
        {
            Description = Describe(variable, description),
            DefaultValueFactory = _ => Said(variable) ?? usual,
        };

    /// <summary>A whole number.</summary>
    public static Option<int> Number(string name, string variable, int usual, string description) =>
        new(name)
        {
            Description = Describe(variable, description),
            DefaultValueFactory = result =>
            {
                if (Said(variable) is not { } text) return usual;
                if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
                result.AddError($"{Full(variable)} must be a number, not '{text}'.");
                return usual;
            },
        };

    /// <summary>On or off; the variable says <c>true</c> or <c>false</c>.</summary>
    public static Option<bool> Switch(string name, string variable, string description) =>
        new(name)
        {
            Description = Describe(variable, description),
            DefaultValueFactory = result =>
            {
                if (Said(variable) is not { } text) return false;
                if (bool.TryParse(text, out var on)) return on;
                result.AddError($"{Full(variable)} must be true or false, not '{text}'.");
                return false;
            },
        };

    /// <summary>The address that a name stands for, IPv4 first; an address stands for itself.</summary>
    public static async Task<IPAddress> AddressOf(string name, CancellationToken cancel)
    {
        if (IPAddress.TryParse(name, out var address)) return address;
        try
        {
            var found = await Dns.GetHostAddressesAsync(name, cancel);
            return found.OrderBy(a => a.AddressFamily == AddressFamily.InterNetwork ? 0 : 1).First();
        }
        catch (SocketException e)
        {
            throw new StoreUnavailableException($"--address {name}: {e.Message}", e);
        }
    }

    /// <summary>Where to ask a server that listens at the address: "all addresses" is none to ask at.</summary>
    public static Uri ToAsk(string url)
    {
        UriBuilder address = new(url);
        if (address.Host is "0.0.0.0" or "[::]") address.Host = "localhost";
        return address.Uri;
    }

    static string? Said(string variable) =>
        Environment.GetEnvironmentVariable(Full(variable)) is { Length: > 0 } text ? text : null;

    static string Full(string variable) => $"FULFILLMENT_{variable}";

    static string Describe(string variable, string description) => $"{description[..^1]} (or {Full(variable)}).";
}
