using System.Net;

namespace VideoGaze.Live;

/// <summary>Where a live page is served.</summary>
/// <param name="Host">An address of this machine.</param>
/// <param name="Port">1 to 65535; 0 takes any that is free.</param>
public sealed record LiveAddress(IPAddress Host, int Port)
{
    /// <summary>Whether only this machine can see the page.</summary>
    public bool IsLoopback => IPAddress.IsLoopback(Host);

    /// <summary>Whether it is served at every address that the machine has.</summary>
    public bool IsAny => Host.Equals(IPAddress.Any) || Host.Equals(IPAddress.IPv6Any);

    /// <summary>What a browser is given for a port.</summary>
    public Uri Url(int port) => new UriBuilder(Uri.UriSchemeHttp, NameInUrl, port).Uri;

    /// <summary>Whether a request that names this host may be answered. A page of another origin must not reach the run by a name that it points here.</summary>
    /// <param name="name">As the request has it, without a port.</param>
    public bool Answers(string name)
    {
        string bare = name.Trim('[', ']');
        return IsAny
            || (IPAddress.TryParse(bare, out IPAddress? address) && (address.Equals(Host) || (IsLoopback && IPAddress.IsLoopback(address))))
            || (IsLoopback && name.Equals("localhost", StringComparison.OrdinalIgnoreCase));
    }

    // "Any address" is none that a browser can go to.
    private string NameInUrl => IsAny ? Dns.GetHostName() : Host.ToString();
}
