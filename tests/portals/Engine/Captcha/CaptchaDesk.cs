using Invoicing.Portals.Engine.Faults;

namespace Invoicing.Portals.Engine.Captcha;

public enum CaptchaVerdict
{
    Right,
    Wrong,
    Expired,
}

/// <summary>Draws challenges, judges answers and remembers the truth of the last thousand.</summary>
public sealed class CaptchaDesk(FaultBoard faults, SimulatedClock clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(90);
    private readonly Lock _gate = new();
    private readonly List<CaptchaChallenge> _drawn = [];
    private readonly Dictionary<string, CaptchaChallenge> _current = [];

    public IReadOnlyList<CaptchaChallenge> Drawn
    {
        get { lock (_gate) { return [.. _drawn]; } }
    }

    /// <summary>The session's picture; a new one if there is none or <paramref name="another"/> is asked for.</summary>
    public CaptchaChallenge Show(string portal, string session, bool another = false)
    {
        lock (_gate)
        {
            if (!another && _current.TryGetValue(session, out var known)) return known;
            var answer = Chance.Mix(5);
            var challenge = new CaptchaChallenge(portal, session, answer, CaptchaPicture.Draw(answer), clock.GetUtcNow() + Life);
            if (_drawn.Count == 1000) _drawn.RemoveAt(0);
            _drawn.Add(challenge);
            return _current[session] = challenge;
        }
    }

    /// <summary>Judges and uses up the session's challenge, so the next picture is another one.</summary>
    public CaptchaVerdict Judge(string portal, string session, string answer)
    {
        lock (_gate)
        {
            if (!_current.Remove(session, out var challenge)) return CaptchaVerdict.Expired;
            if (faults.Strike(portal, "captcha_expired") is not null || challenge.ExpiresAt < clock.GetUtcNow()) return CaptchaVerdict.Expired;
            if (faults.Strike(portal, "captcha_wrong") is not null) return CaptchaVerdict.Wrong;
            return string.Equals(challenge.Answer, answer, StringComparison.OrdinalIgnoreCase) ? CaptchaVerdict.Right : CaptchaVerdict.Wrong;
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _drawn.Clear();
            _current.Clear();
        }
    }
}
