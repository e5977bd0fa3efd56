import java.io.FileInputStream;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** veraPDF over files: `java Validate 2a *.pdf` or `java Validate ua1 *.pdf` (docs/papers.md). */
public class Validate {
    public static void main(String[] words) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        PDFAFlavour flavour = PDFAFlavour.fromString(words[0]);
        for (int at = 1; at < words.length; at++) {
            try (FileInputStream file = new FileInputStream(words[at]);
                    PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour)) {
                tell(words[at], Foundries.defaultInstance().createValidator(flavour, false).validate(parser));
            }
        }
    }

    private static void tell(String name, ValidationResult result) {
        System.out.println((result.isCompliant() ? "PASS " : "FAIL ") + name);
        Map<String, String> failed = new TreeMap<>();
        for (TestAssertion one : result.getTestAssertions()) {
            if (one.getStatus() == TestAssertion.Status.FAILED) {
                failed.putIfAbsent(one.getRuleId().getClause(), one.getMessage());
            }
        }
        failed.forEach((clause, message) -> System.out.println("  " + clause + ": " + message));
    }
}
